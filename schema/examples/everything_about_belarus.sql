-- Everything about Belarus: as a place, with its cities and borders, and its forces.
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/everything_about_belarus.sql
SELECT
  table_name,
  id,
  kind,
  string_agg(DISTINCT entity_name || ' (' || role || ')', ', ' ORDER BY entity_name || ' (' || role || ')') AS through,
  any_value(latest) AS latest,
  any_value(summary) AS summary
FROM entities
WHERE list_contains(countries, 'BY')
GROUP BY table_name, id, kind
ORDER BY latest, table_name, id;
