-- Which actors of which country act in how many events, and in how many are they targets?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/actors_by_country.sql
SELECT
  coalesce(countries[1], '(' || side || ')') AS country,
  entity_name AS actor,
  wikidata_id,
  count(DISTINCT id) FILTER (WHERE role IN ('speaker', 'participant', 'force')) AS acts,
  count(DISTINCT id) FILTER (WHERE role = 'target') AS is_target,
  count(DISTINCT id) AS events
FROM entities
WHERE entity_table = 'actors' AND via IS NULL
GROUP BY country, entity_id, entity_name, wikidata_id
ORDER BY country, events DESC, actor;
