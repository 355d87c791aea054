-- A relation that holds both ways is stored once, at the record whose identifier comes first.
WITH relations AS (
  SELECT 'statements' AS "table", statements_id AS id, relations_position AS position, type::VARCHAR AS type, record
  FROM statements_relations
  UNION ALL
  SELECT 'meetings', meetings_id, relations_position, type::VARCHAR, record
  FROM meetings_relations
  UNION ALL
  SELECT 'deployments', deployments_id, relations_position, type::VARCHAR, record
  FROM deployments_relations
)
SELECT
  "table",
  id AS record,
  '/relations/' || position || '/record' AS pointer,
  type || ' holds both ways: store it at ' || relations.record AS message
FROM relations
WHERE type IN ('differs_from', 'same_day_as', 'same_force_as') AND relations.record < id
