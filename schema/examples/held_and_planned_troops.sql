-- Which forces are said to be there, and which are only planned, announced, expected or possible?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/held_and_planned_troops.sql
SELECT held, status, kind, force, low, high, comparator, as_of_latest, occurs_earliest, occurs_latest, places, id
FROM troop_claims
ORDER BY held DESC, status, claimed_latest, id;
