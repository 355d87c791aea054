-- Which claims give another figure or time for the same thing, or another figure for the same force?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/contradicting_figures.sql
SELECT
  r.type,
  a.id AS claim,
  a.low,
  a.high,
  a.occurs_latest,
  a.claimants,
  b.id AS other_claim,
  b.low AS other_low,
  b.high AS other_high,
  b.occurs_latest AS other_occurs_latest,
  b.claimants AS other_claimants
FROM deployments_relations AS r
JOIN troop_claims AS a ON a.id = r.deployments_id
JOIN troop_claims AS b ON b.id = r.record
WHERE r.type IN ('differs_from', 'contradicts', 'same_force_as')
ORDER BY r.type::VARCHAR, claim, other_claim;
