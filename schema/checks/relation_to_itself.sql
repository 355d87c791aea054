-- A record relates to other records, not to itself.
SELECT
  'statements' AS "table",
  statements_id AS record,
  '/relations/' || relations_position || '/record' AS pointer,
  'the record is related to itself' AS message
FROM statements_relations AS r
WHERE r.record = r.statements_id
UNION ALL
SELECT 'meetings', meetings_id, '/relations/' || relations_position || '/record', 'the record is related to itself'
FROM meetings_relations AS r
WHERE r.record = r.meetings_id
UNION ALL
SELECT 'deployments', deployments_id, '/relations/' || relations_position || '/record',
  'the record is related to itself'
FROM deployments_relations AS r
WHERE r.record = r.deployments_id
