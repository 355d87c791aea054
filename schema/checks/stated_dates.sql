-- A date whose words have no figure, such as `on Thursday`, is not stated: it is resolved, and `how` says by what.
SELECT "table", record, pointer,
  'stated, but its words "' || words || '" name no day: it is resolved or inferred' AS message
FROM (
  SELECT 'statements' AS "table", id AS record, '/said/basis' AS pointer, said_basis AS basis, said_as_written AS words
  FROM statements
  UNION ALL
  SELECT 'meetings', id, '/occurs/basis', occurs_basis, occurs_as_written FROM meetings
  UNION ALL
  SELECT 'deployments', id, '/claimed/basis', claimed_basis, claimed_as_written FROM deployments
  UNION ALL
  SELECT 'deployments', id, '/occurs/basis', occurs_basis, occurs_as_written FROM deployments
) AS dates
WHERE basis = 'stated' AND words IS NOT NULL AND NOT regexp_matches(words, '[0-9]')
