-- Each record with each of its sources: how many spans support it there, which fields, and what the source is.
--
-- Columns:
-- table_name: Table of the record.
-- record_id -> table_name: Identifier of the record.
-- spans: Number of spans of the source that support the record.
-- fields: The fields of the record that they support: a list of JSON Pointers, in order.
SELECT
  p.table_name,
  p.record_id,
  p.source_id,
  s.title AS source_title,
  s.published_date AS source_published,
  s.document_file,
  count(DISTINCT (p.span_start, p.span_end)) AS spans,
  list(DISTINCT p.field ORDER BY p.field) AS fields
FROM provenance AS p
JOIN sources AS s ON s.id = p.source_id
GROUP BY ALL
ORDER BY p.table_name, p.record_id, p.source_id
