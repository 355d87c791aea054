-- What is said about forces, one row for each claim: figures as bounds and as written, who claims it, when and where.
--
-- Columns:
-- id: Identifier of the deployment.
-- kind: What is said about the force.
-- status: How far it has come.
-- held: Whether the claim is about the present or past; false for what is planned, announced, expected or possible.
-- force: Whose force it is, and any forces that it is with.
-- force_countries: Countries of the forces.
-- low: Lower bound; empty where the text gives none.
-- best: The figure, where the text gives one as exact or approximate.
-- high: Upper bound; empty where the text gives none.
-- unit: What is counted.
-- comparator: How the figure bounds the quantity.
-- scope: What the figure covers.
-- as_written: The words of the text that give the quantity.
-- claimants: Who says so; empty where the source says it in its own voice.
-- claimant_sides: Sides of the claimants.
-- claimed_earliest: First day on which it may have been claimed.
-- claimed_latest: Last day on which it may have been claimed.
-- as_of_earliest: First day for which it is claimed; empty for what is not held.
-- as_of_latest: Last day for which it is claimed; empty for what is not held.
-- occurs_earliest: First day of the event, also where the text only implies it; empty where there is no event.
-- occurs_latest: Last day of the event; empty where the end is open.
-- places: The places, each with its part: at, near, from, to, against.
-- place_countries: Countries of the places.
-- latitude: Latitude of the first place that has one, WGS 84.
-- longitude: Longitude of the first place that has one, WGS 84.
-- geo_precision: What the point marks: a city, a country or a border.
-- differs_from: Claims that give another figure, time or initiator for the same thing.
-- same_force_as: Claims of the same force.
-- source_ids: Identifiers of the sources that have the claim.
-- independent_sources: Number of independent reports of the claim.
-- summary: What is said.
WITH forces AS (
  SELECT id, 0 AS n, force_actor AS actor FROM deployments
  UNION ALL
  SELECT deployments_id, co_forces_position + 1, actor FROM deployments_co_forces
),
-- relations that hold both ways are stored once
linked AS (
  SELECT deployments_id AS id, type::VARCHAR AS type, record FROM deployments_relations
  UNION ALL
  SELECT record, type::VARCHAR, deployments_id FROM deployments_relations
)
SELECT
  d.id,
  d.kind::VARCHAR AS kind,
  d.status::VARCHAR AS status,
  d.as_of_date IS NOT NULL AS held,
  (SELECT string_agg(a.name, '; ' ORDER BY f.n) FROM forces AS f JOIN actors AS a ON a.id = f.actor WHERE f.id = d.id)
    AS force,
  (
    SELECT string_agg(a.country_code::VARCHAR, '; ' ORDER BY f.n)
    FROM forces AS f
    JOIN actors AS a ON a.id = f.actor
    WHERE f.id = d.id
  ) AS force_countries,
  d.personnel_low AS low,
  d.personnel_best_estimate AS best,
  d.personnel_high AS high,
  d.personnel_unit::VARCHAR AS unit,
  d.personnel_comparator::VARCHAR AS comparator,
  d.personnel_scope::VARCHAR AS scope,
  d.personnel_as_written AS as_written,
  (
    SELECT string_agg(a.name, '; ' ORDER BY c.claimed_by_position)
    FROM deployments_claimed_by AS c
    JOIN actors AS a ON a.id = c.actor
    WHERE c.deployments_id = d.id
  ) AS claimants,
  (
    SELECT string_agg(DISTINCT a.side::VARCHAR, '; ' ORDER BY a.side::VARCHAR)
    FROM deployments_claimed_by AS c
    JOIN actors AS a ON a.id = c.actor
    WHERE c.deployments_id = d.id
  ) AS claimant_sides,
  d.claimed_date_earliest AS claimed_earliest,
  d.claimed_date_latest AS claimed_latest,
  d.as_of_date_earliest AS as_of_earliest,
  d.as_of_date_latest AS as_of_latest,
  d.occurs_date_earliest AS occurs_earliest,
  d.occurs_date_latest AS occurs_latest,
  (
    SELECT string_agg(x.direction::VARCHAR || ' ' || p.name, '; ' ORDER BY x.places_position)
    FROM deployments_places AS x
    JOIN places AS p ON p.id = x.place
    WHERE x.deployments_id = d.id
  ) AS places,
  (
    SELECT string_agg(DISTINCT c.code::VARCHAR, '; ' ORDER BY c.code::VARCHAR)
    FROM deployments_places AS x
    JOIN places_countries AS c ON c.places_id = x.place
    WHERE x.deployments_id = d.id
  ) AS place_countries,
  e.latitude,
  e.longitude,
  e.geo_precision,
  (SELECT string_agg(l.record, '; ' ORDER BY l.record) FROM linked AS l WHERE l.id = d.id AND l.type = 'differs_from')
    AS differs_from,
  (SELECT string_agg(l.record, '; ' ORDER BY l.record) FROM linked AS l WHERE l.id = d.id AND l.type = 'same_force_as')
    AS same_force_as,
  (
    SELECT string_agg(DISTINCT p.source_id, '; ' ORDER BY p.source_id)
    FROM provenance AS p
    WHERE p.table_name = 'deployments' AND p.record_id = d.id
  ) AS source_ids,
  e.independent_sources,
  d.summary
FROM deployments AS d
JOIN events AS e ON e.table_name = 'deployments' AND e.id = d.id
ORDER BY d.claimed_date_latest, d.id
