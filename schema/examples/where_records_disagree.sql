-- Which records deny, reject or contradict another one, or give another figure, time or initiator for the same thing?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/where_records_disagree.sql
WITH relations AS (
  SELECT 'statements' AS record_table, statements_id AS record, type, record_table AS other_table, record AS other
  FROM statements_relations
  UNION ALL
  SELECT 'meetings', meetings_id, type, record_table, record FROM meetings_relations
  UNION ALL
  SELECT 'deployments', deployments_id, type, record_table, record FROM deployments_relations
),
cited AS (
  SELECT table_name, record_id, string_agg(source_id, '; ' ORDER BY source_id) AS source_ids
  FROM record_sources
  GROUP BY ALL
)
SELECT
  r.type::VARCHAR AS type,
  r.record,
  a.summary,
  c.source_ids,
  r.other,
  b.summary AS other_summary,
  d.source_ids AS other_source_ids
FROM relations AS r
JOIN events AS a ON a.table_name = r.record_table AND a.id = r.record
JOIN events AS b ON b.table_name = r.other_table AND b.id = r.other
JOIN cited AS c ON c.table_name = r.record_table AND c.record_id = r.record
JOIN cited AS d ON d.table_name = r.other_table AND d.record_id = r.other
WHERE r.type IN ('denies', 'rejects', 'contradicts', 'differs_from')
ORDER BY type, r.record, r.other;
