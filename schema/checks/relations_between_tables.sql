-- A relation joins records of the tables that the coding rules name for it.
WITH records AS (
  SELECT 'statements' AS "table", id FROM statements
  UNION ALL
  SELECT 'meetings', id FROM meetings
  UNION ALL
  SELECT 'deployments', id FROM deployments
),
relations AS (
  SELECT 'statements' AS "table", statements_id AS id, relations_position AS position, type::VARCHAR AS type, record
  FROM statements_relations
  UNION ALL
  SELECT 'meetings', meetings_id, relations_position, type::VARCHAR, record
  FROM meetings_relations
  UNION ALL
  SELECT 'deployments', deployments_id, relations_position, type::VARCHAR, record
  FROM deployments_relations
),
allowed(type, "table", other) AS (
  VALUES
    ('denies', 'statements', 'statements'),
    ('rejects', 'statements', 'statements'),
    ('answers', 'statements', 'statements'),
    ('repeats', 'statements', 'statements'),
    ('supports', 'statements', 'statements'),
    ('latest_of', 'statements', 'statements'),
    ('about', 'statements', 'statements'),
    ('about', 'statements', 'meetings'),
    ('made_at', 'statements', 'meetings'),
    ('made_at', 'meetings', 'meetings'),
    ('claimed_in', 'deployments', 'statements'),
    ('same_force_as', 'deployments', 'deployments')
)
SELECT
  r."table",
  r.id AS record,
  '/relations/' || r.position || '/type' AS pointer,
  r.type || ' does not lead from ' || r."table" || ' to ' || o."table" AS message
FROM relations AS r
JOIN records AS o ON o.id = r.record
WHERE
  r.type IN (SELECT type FROM allowed)
  AND NOT EXISTS (SELECT 1 FROM allowed AS a WHERE a.type = r.type AND a."table" = r."table" AND a.other = o."table")
UNION ALL
SELECT 'statements', s.id, '/relations/' || r.relations_position || '/type', 'a denial denies and does not reject'
FROM statements_relations AS r
JOIN statements AS s ON s.id = r.statements_id
WHERE s.kind = 'denial' AND r.type = 'rejects'
