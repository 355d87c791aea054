-- How many sources tell of each event, and how many of them are independent of each other: sources that go back to one
-- report count once.
--
-- Columns:
-- table_name: Table of the event.
-- id -> table_name: Identifier of the event.
-- sources: Number of source documents that support the record.
-- independent_sources: Number of reports to which these sources go back.
-- source_ids: The source documents, in order.
SELECT
  p.table_name,
  p.record_id AS id,
  count(DISTINCT p.source_id) AS sources,
  count(DISTINCT s.report_group) AS independent_sources,
  list(DISTINCT p.source_id ORDER BY p.source_id) AS source_ids
FROM provenance AS p
JOIN sources AS s ON s.id = p.source_id
-- the time of a report can rest on another text that gives no account of the event
WHERE p.table_name IN ('statements', 'meetings', 'deployments') AND p.field IN ('/kind', '/status', '/summary')
GROUP BY p.table_name, p.record_id
ORDER BY p.table_name, p.record_id
