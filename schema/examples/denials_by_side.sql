-- Which side denied what, and whose claim?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/denials_by_side.sql
SELECT actor_sides AS side, actors AS speaker, targets AS claim_of, latest, independent_sources, id, summary
FROM events
WHERE table_name = 'statements' AND kind = 'denial'
ORDER BY side, latest, id;
