-- Which events do sources report that are independent of each other?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/claims_with_independent_sources.sql
SELECT e.table_name, e.id, e.kind, e.actors, c.independent_sources, array_to_string(c.source_ids, ', ') AS sources
FROM events AS e
JOIN corroboration AS c ON c.table_name = e.table_name AND c.id = e.id
WHERE c.independent_sources > 1
ORDER BY e.table_name, e.id;
