-- Each kind of statement, meeting and deployment has a row in kinds, and each row a kind.
SELECT
  'kinds' AS "table",
  k.id AS record,
  '/kind' AS pointer,
  'no kind ' || k.kind || ' of ' || k.table_name AS message
FROM kinds AS k
LEFT JOIN codelists AS c ON c.table_name = k.table_name::VARCHAR AND c.column_name = 'kind' AND c.code = k.kind
WHERE c.code IS NULL
UNION ALL
SELECT DISTINCT e.table_name, e.id, '/kind', 'the kind ' || e.kind || ' has no row in kinds'
FROM (
  SELECT 'statements' AS table_name, id, kind::VARCHAR AS kind FROM statements
  UNION ALL
  SELECT 'meetings', id, kind::VARCHAR FROM meetings
  UNION ALL
  SELECT 'deployments', id, kind::VARCHAR FROM deployments
) AS e
LEFT JOIN kinds AS k ON k.table_name::VARCHAR = e.table_name AND k.kind = e.kind
WHERE k.id IS NULL
