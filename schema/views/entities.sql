-- Every event in which an actor or a place occurs, in any role: one row for each event, entity and role. Membership
-- counts: an event of a ministry is also one of its government, an event in a city also one in its country.
--
-- Columns:
-- entity_table: Table of the entity: actors or places.
-- entity_id -> entity_table: Identifier of the actor or place.
-- entity_name: Its name.
-- entity_kind: Its kind.
-- countries: Countries of the actor or place, as ISO 3166-1 codes; empty where it has none.
-- side: Side of the actor; empty for places.
-- wikidata_id: Wikidata item of the actor; empty for places, and where no public file confirms one.
-- table_name: Table of the event.
-- id -> table_name: Identifier of the event.
-- kind: Kind of the event.
-- role: Role of the entity in the event: speaker, target, subject, participant, force, place and so on.
-- via: The member or part through which the entity occurs in the event; empty if it occurs itself.
-- earliest: First day that the time of the event allows.
-- latest: Last day that the time of the event allows.
-- summary: What the event is.
WITH RECURSIVE occurrences AS (
  SELECT 'statements' AS table_name, id, 'speaker' AS role, speaker_actor AS entity FROM statements
  UNION ALL
  SELECT 'statements', id, 'on_behalf_of', speaker_on_behalf_of FROM statements
  UNION ALL
  SELECT 'statements', id, 'printed_actor', speaker_printed_actor FROM statements
  UNION ALL
  SELECT 'statements', id, 'location', location_place FROM statements
  UNION ALL
  SELECT 'statements', statements_id, 'speaker', actor FROM statements_co_speakers
  UNION ALL
  SELECT 'statements', statements_id, 'on_behalf_of', on_behalf_of FROM statements_co_speakers
  UNION ALL
  SELECT 'statements', statements_id, 'addressee', actor FROM statements_addressees
  UNION ALL
  SELECT 'statements', statements_id, 'on_behalf_of', on_behalf_of FROM statements_addressees
  UNION ALL
  SELECT 'statements', statements_id, 'target', value FROM statements_targets
  UNION ALL
  SELECT 'statements', statements_id, 'subject', value FROM statements_subjects
  UNION ALL
  SELECT 'statements', statements_id, 'reporter', actor FROM statements_reported_via
  UNION ALL
  SELECT 'meetings', id, 'host', host_actor FROM meetings
  UNION ALL
  SELECT 'meetings', id, 'location', location_place FROM meetings
  UNION ALL
  SELECT 'meetings', meetings_id, 'participant', actor FROM meetings_participants
  UNION ALL
  SELECT 'meetings', meetings_id, 'on_behalf_of', on_behalf_of FROM meetings_participants
  UNION ALL
  SELECT 'meetings', meetings_id, 'initiator', actor FROM meetings_initiators
  UNION ALL
  SELECT 'meetings', meetings_id, 'claimant', according_to FROM meetings_initiators
  UNION ALL
  SELECT 'meetings', meetings_id, 'claimant', actor FROM meetings_according_to
  UNION ALL
  SELECT 'meetings', meetings_id, 'subject', value FROM meetings_subjects
  UNION ALL
  SELECT 'meetings', meetings_id, 'reporter', actor FROM meetings_reported_via
  UNION ALL
  SELECT 'deployments', id, 'force', force_actor FROM deployments
  UNION ALL
  SELECT 'deployments', id, 'on_behalf_of', force_on_behalf_of FROM deployments
  UNION ALL
  SELECT 'deployments', deployments_id, 'force', actor FROM deployments_co_forces
  UNION ALL
  SELECT 'deployments', deployments_id, 'claimant', actor FROM deployments_claimed_by
  UNION ALL
  SELECT 'deployments', deployments_id, 'on_behalf_of', on_behalf_of FROM deployments_claimed_by
  UNION ALL
  SELECT 'deployments', deployments_id, 'target', value FROM deployments_targets
  UNION ALL
  SELECT 'deployments', deployments_id, 'subject', value FROM deployments_subjects
  UNION ALL
  SELECT 'deployments', deployments_id, 'reporter', actor FROM deployments_reported_via
  UNION ALL
  SELECT 'deployments', deployments_id, 'place_' || direction::VARCHAR, place FROM deployments_places
),
wholes AS (
  SELECT actors_id AS part, value AS whole FROM actors_member_of
  UNION ALL
  SELECT id, within FROM places WHERE within IS NOT NULL
),
-- each part with every whole that holds it
reach AS (
  SELECT part, whole FROM wholes
  UNION
  SELECT r.part, w.whole FROM reach AS r JOIN wholes AS w ON w.part = r.whole
),
all_occurrences AS (
  SELECT DISTINCT table_name, id, role, entity, NULL::VARCHAR AS via FROM occurrences WHERE entity IS NOT NULL
  UNION ALL
  SELECT DISTINCT o.table_name, o.id, o.role, r.whole, o.entity
  FROM occurrences AS o JOIN reach AS r ON r.part = o.entity
),
known AS (
  SELECT
    'actors' AS entity_table,
    id,
    name,
    kind::VARCHAR AS kind,
    CASE WHEN country_code IS NULL THEN [] ELSE [country_code::VARCHAR] END AS countries,
    side::VARCHAR AS side,
    wikidata_id
  FROM actors
  UNION ALL
  SELECT
    'places',
    id,
    name,
    kind::VARCHAR,
    coalesce(
      (SELECT list(code::VARCHAR ORDER BY countries_position) FROM places_countries WHERE places_id = places.id),
      []
    ),
    NULL::VARCHAR,
    NULL::VARCHAR
  FROM places
),
happened AS (
  SELECT
    'statements' AS table_name, id, kind::VARCHAR AS kind,
    said_date_earliest AS earliest, said_date_latest AS latest, summary
  FROM statements
  UNION ALL
  SELECT 'meetings', id, kind::VARCHAR, occurs_date_earliest, occurs_date_latest, summary
  FROM meetings
  UNION ALL
  SELECT
    'deployments',
    id,
    kind::VARCHAR,
    CASE WHEN as_of_date IS NULL THEN occurs_date_earliest ELSE as_of_date_earliest END,
    CASE WHEN as_of_date IS NULL THEN occurs_date_latest ELSE as_of_date_latest END,
    summary
  FROM deployments
)
SELECT
  k.entity_table,
  k.id AS entity_id,
  k.name AS entity_name,
  k.kind AS entity_kind,
  k.countries,
  k.side,
  k.wikidata_id,
  o.table_name,
  o.id,
  h.kind,
  o.role,
  o.via,
  h.earliest,
  h.latest,
  h.summary
FROM all_occurrences AS o
JOIN known AS k ON k.id = o.entity
JOIN happened AS h ON h.table_name = o.table_name AND h.id = o.id
ORDER BY k.entity_table, k.id, coalesce(h.earliest, h.latest), o.table_name, o.id, o.role, o.via
