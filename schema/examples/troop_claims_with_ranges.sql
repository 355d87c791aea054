-- What troop figures were claimed, with their bounds, by whom, for when and where?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/troop_claims_with_ranges.sql
SELECT id, force, unit, low, best, high, comparator, scope, claimants, claimed_latest, as_of_latest, places
FROM troop_claims
WHERE low IS NOT NULL OR high IS NOT NULL
ORDER BY claimed_latest, id;
