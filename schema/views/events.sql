-- Every statement, meeting and deployment, one row for each event: who acts towards whom, when and where, and how many
-- sources report it. Names in a list are separated by "; ".
--
-- Columns:
-- table_name: Table of the event: statements, meetings or deployments.
-- id -> table_name: Identifier of the event.
-- kind: Kind of the event.
-- cameo_root: Root category of CAMEO that comes nearest to the kind; empty where there is none.
-- plover_type: Event type of PLOVER that comes nearest to the kind; empty where there is none.
-- status: How far it has come; statements are always `said`.
-- date: Time of saying, of the meeting, or for which the deployment is claimed, in Extended Date/Time Format.
-- earliest: First day that the time allows; empty where the beginning is open.
-- latest: Last day that the time allows; empty where the end is open.
-- precision: How finely the time is given.
-- approximate: Whether the time is marked as approximate.
-- uncertain: Whether the time is marked as uncertain.
-- reported_earliest: First day on which it may have been reported.
-- reported_latest: Last day on which it may have been reported.
-- summary: What happened, in the curator's words.
-- actors: Who acts: speakers, participants or forces.
-- actor_countries: Countries of those who act; empty where none has one.
-- actor_sides: Sides of those who act.
-- targets: Whom it is directed at.
-- target_countries: Countries of the targets.
-- target_sides: Sides of the targets.
-- addressees: Whom a statement was made to.
-- claimants: Who says so: through whom a statement or meeting is reported, or who claims the deployment.
-- places: Where it was said or held, or where the force is, comes from or goes.
-- place_countries: Countries of the places.
-- latitude: Latitude of the first place that has one, WGS 84.
-- longitude: Longitude of the first place that has one, WGS 84.
-- geo_precision: What the point marks: a city, a country or a border.
-- topics: What it is about.
-- sources: Number of source documents.
-- independent_sources: Number of reports to which they go back.
WITH who AS (
  SELECT 'statements' AS table_name, id, 0 AS n, 'actor' AS role, speaker_actor AS actor FROM statements
  UNION ALL
  SELECT 'statements', statements_id, co_speakers_position + 1, 'actor', actor FROM statements_co_speakers
  UNION ALL
  SELECT 'statements', statements_id, targets_position, 'target', value FROM statements_targets
  UNION ALL
  SELECT 'statements', statements_id, addressees_position, 'addressee', actor FROM statements_addressees
  UNION ALL
  SELECT 'statements', statements_id, reported_via_position, 'claimant', actor FROM statements_reported_via
  UNION ALL
  SELECT 'meetings', meetings_id, participants_position, 'actor', actor FROM meetings_participants
  UNION ALL
  SELECT 'meetings', meetings_id, according_to_position, 'claimant', actor FROM meetings_according_to
  UNION ALL
  SELECT 'deployments', id, 0, 'actor', force_actor FROM deployments
  UNION ALL
  SELECT 'deployments', deployments_id, co_forces_position + 1, 'actor', actor FROM deployments_co_forces
  UNION ALL
  SELECT 'deployments', deployments_id, targets_position, 'target', value FROM deployments_targets
  UNION ALL
  SELECT 'deployments', deployments_id, claimed_by_position, 'claimant', actor FROM deployments_claimed_by
),
named AS (
  SELECT
    w.table_name,
    w.id,
    string_agg(a.name, '; ' ORDER BY w.n) FILTER (WHERE w.role = 'actor') AS actors,
    string_agg(DISTINCT a.country_code::VARCHAR, '; ' ORDER BY a.country_code::VARCHAR)
      FILTER (WHERE w.role = 'actor') AS actor_countries,
    string_agg(DISTINCT a.side::VARCHAR, '; ' ORDER BY a.side::VARCHAR) FILTER (WHERE w.role = 'actor') AS actor_sides,
    string_agg(a.name, '; ' ORDER BY w.n) FILTER (WHERE w.role = 'target') AS targets,
    string_agg(DISTINCT a.country_code::VARCHAR, '; ' ORDER BY a.country_code::VARCHAR)
      FILTER (WHERE w.role = 'target') AS target_countries,
    string_agg(DISTINCT a.side::VARCHAR, '; ' ORDER BY a.side::VARCHAR)
      FILTER (WHERE w.role = 'target') AS target_sides,
    string_agg(a.name, '; ' ORDER BY w.n) FILTER (WHERE w.role = 'addressee') AS addressees,
    string_agg(a.name, '; ' ORDER BY w.n) FILTER (WHERE w.role = 'claimant') AS claimants
  FROM who AS w
  JOIN actors AS a ON a.id = w.actor
  GROUP BY w.table_name, w.id
),
located AS (
  SELECT 'statements' AS table_name, id, 0 AS n, location_place AS place FROM statements
  UNION ALL
  SELECT 'meetings', id, 0, location_place FROM meetings
  UNION ALL
  SELECT 'deployments', deployments_id, places_position, place FROM deployments_places
),
placed AS (
  SELECT
    l.table_name,
    l.id,
    string_agg(p.name, '; ' ORDER BY l.n) AS places,
    (
      SELECT string_agg(DISTINCT c.code::VARCHAR, '; ' ORDER BY c.code::VARCHAR)
      FROM located AS m
      JOIN places_countries AS c ON c.places_id = m.place
      WHERE m.table_name = l.table_name AND m.id = l.id
    ) AS place_countries,
    arg_min(p.latitude, l.n) FILTER (WHERE p.latitude IS NOT NULL) AS latitude,
    arg_min(p.longitude, l.n) FILTER (WHERE p.latitude IS NOT NULL) AS longitude,
    arg_min(p.geo_precision::VARCHAR, l.n) FILTER (WHERE p.latitude IS NOT NULL) AS geo_precision
  FROM located AS l
  JOIN places AS p ON p.id = l.place
  GROUP BY l.table_name, l.id
),
about AS (
  SELECT table_name, id, string_agg(topic, '; ' ORDER BY n) AS topics
  FROM (
    SELECT 'statements' AS table_name, statements_id AS id, topics_position AS n, value::VARCHAR AS topic
    FROM statements_topics
    UNION ALL
    SELECT 'meetings', meetings_id, topics_position, value::VARCHAR FROM meetings_topics
    UNION ALL
    SELECT 'deployments', deployments_id, topics_position, value::VARCHAR FROM deployments_topics
  ) AS t
  GROUP BY table_name, id
),
happened AS (
  SELECT
    'statements' AS table_name,
    id,
    kind::VARCHAR AS kind,
    'said' AS status,
    said_date AS date,
    said_date_earliest AS earliest,
    said_date_latest AS latest,
    said_date_precision::VARCHAR AS precision,
    said_date_approximate AS approximate,
    said_date_uncertain AS uncertain,
    reported_date_earliest AS reported_earliest,
    reported_date_latest AS reported_latest,
    summary
  FROM statements
  UNION ALL
  SELECT
    'meetings', id, kind::VARCHAR, status::VARCHAR, occurs_date, occurs_date_earliest, occurs_date_latest,
    occurs_date_precision::VARCHAR, occurs_date_approximate, occurs_date_uncertain, reported_date_earliest,
    reported_date_latest, summary
  FROM meetings
  UNION ALL
  SELECT
    'deployments', id, kind::VARCHAR, status::VARCHAR, as_of_date, as_of_date_earliest, as_of_date_latest,
    as_of_date_precision::VARCHAR, as_of_date_approximate, as_of_date_uncertain, reported_date_earliest,
    reported_date_latest, summary
  FROM deployments
  WHERE as_of_date IS NOT NULL
  UNION ALL
  SELECT
    'deployments', id, kind::VARCHAR, status::VARCHAR, occurs_date, occurs_date_earliest, occurs_date_latest,
    occurs_date_precision::VARCHAR, occurs_date_approximate, occurs_date_uncertain, reported_date_earliest,
    reported_date_latest, summary
  FROM deployments
  WHERE as_of_date IS NULL
)
SELECT
  h.table_name,
  h.id,
  h.kind,
  k.cameo_root::VARCHAR AS cameo_root,
  k.plover_type::VARCHAR AS plover_type,
  h.status,
  h.date,
  h.earliest,
  h.latest,
  h.precision,
  h.approximate,
  h.uncertain,
  h.reported_earliest,
  h.reported_latest,
  h.summary,
  n.actors,
  n.actor_countries,
  n.actor_sides,
  n.targets,
  n.target_countries,
  n.target_sides,
  n.addressees,
  n.claimants,
  p.places,
  p.place_countries,
  p.latitude,
  p.longitude,
  p.geo_precision,
  a.topics,
  c.sources,
  c.independent_sources
FROM happened AS h
LEFT JOIN crosswalk AS k ON k.applies_to::VARCHAR = h.table_name AND k.kind = h.kind
LEFT JOIN named AS n ON n.table_name = h.table_name AND n.id = h.id
LEFT JOIN placed AS p ON p.table_name = h.table_name AND p.id = h.id
LEFT JOIN about AS a ON a.table_name = h.table_name AND a.id = h.id
LEFT JOIN corroboration AS c ON c.table_name = h.table_name AND c.id = h.id
ORDER BY coalesce(h.earliest, h.latest), h.latest, h.table_name, h.id
