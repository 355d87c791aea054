-- Each kind of statement, meeting and deployment has a row in crosswalk, and each row a kind.
SELECT
  'crosswalk' AS "table",
  k.id AS record,
  '/kind' AS pointer,
  'no kind ' || k.kind || ' of ' || k.applies_to AS message
FROM crosswalk AS k
LEFT JOIN codelists AS c ON c.table_name = k.applies_to::VARCHAR AND c.column_name = 'kind' AND c.code = k.kind
WHERE c.code IS NULL
UNION ALL
SELECT DISTINCT e.table_name, e.id, '/kind', 'the kind ' || e.kind || ' has no row in crosswalk'
FROM (
  SELECT 'statements' AS table_name, id, kind::VARCHAR AS kind FROM statements
  UNION ALL
  SELECT 'meetings', id, kind::VARCHAR FROM meetings
  UNION ALL
  SELECT 'deployments', id, kind::VARCHAR FROM deployments
) AS e
LEFT JOIN crosswalk AS k ON k.applies_to::VARCHAR = e.table_name AND k.kind = e.kind
WHERE k.id IS NULL
