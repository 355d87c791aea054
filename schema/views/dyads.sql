-- Who acts towards whom, one row for each event and pair. Statements have a direction: from each speaker to each target
-- and to each addressee. Meetings have none: each pair of participants has two rows, one each way.
--
-- Columns:
-- link: How the pair is joined: target, addressee or meeting.
-- table_name: Table of the event.
-- id -> table_name: Identifier of the event.
-- kind: Kind of the event.
-- status: How far it has come; statements are always `said`.
-- earliest: First day that the time allows.
-- latest: Last day that the time allows.
-- source_id -> actors: Identifier of the actor who acts.
-- source_name: Name of the actor who acts.
-- source_country: Its country; empty if it has none, like NATO.
-- source_side: Its side.
-- target_id -> actors: Identifier of the actor at the other end.
-- target_name: Name of the actor at the other end.
-- target_country: Its country; empty where it has none.
-- target_side: Its side.
-- cameo_root: Root category of CAMEO that comes nearest to the kind; empty where there is none.
-- plover_type: Event type of PLOVER that comes nearest to the kind; empty where there is none.
-- independent_sources: Number of independent reports of the event.
-- summary: What happened.
WITH speakers AS (
  SELECT id, speaker_actor AS actor FROM statements
  UNION
  SELECT statements_id, actor FROM statements_co_speakers
),
pairs AS (
  SELECT 'target' AS link, 'statements' AS table_name, s.id, s.actor AS source, t.value AS target
  FROM speakers AS s
  JOIN statements_targets AS t ON t.statements_id = s.id
  UNION ALL
  SELECT 'addressee', 'statements', s.id, s.actor, t.actor
  FROM speakers AS s
  JOIN statements_addressees AS t ON t.statements_id = s.id
  UNION ALL
  SELECT 'meeting', 'meetings', a.meetings_id, a.actor, b.actor
  FROM meetings_participants AS a
  JOIN meetings_participants AS b ON b.meetings_id = a.meetings_id AND b.actor <> a.actor
),
happened AS (
  SELECT
    'statements' AS table_name, id, kind::VARCHAR AS kind, 'said' AS status,
    said_date_earliest AS earliest, said_date_latest AS latest, summary
  FROM statements
  UNION ALL
  SELECT 'meetings', id, kind::VARCHAR, status::VARCHAR, occurs_date_earliest, occurs_date_latest, summary
  FROM meetings
)
SELECT
  p.link,
  p.table_name,
  p.id,
  h.kind,
  h.status,
  h.earliest,
  h.latest,
  p.source AS source_id,
  s.name AS source_name,
  s.country_code::VARCHAR AS source_country,
  s.side::VARCHAR AS source_side,
  p.target AS target_id,
  t.name AS target_name,
  t.country_code::VARCHAR AS target_country,
  t.side::VARCHAR AS target_side,
  k.cameo_root::VARCHAR AS cameo_root,
  k.plover_type::VARCHAR AS plover_type,
  c.independent_sources,
  h.summary
FROM pairs AS p
JOIN happened AS h ON h.table_name = p.table_name AND h.id = p.id
JOIN actors AS s ON s.id = p.source
JOIN actors AS t ON t.id = p.target
LEFT JOIN crosswalk AS k ON k.applies_to::VARCHAR = p.table_name AND k.kind = h.kind
LEFT JOIN corroboration AS c ON c.table_name = p.table_name AND c.id = p.id
ORDER BY coalesce(h.earliest, h.latest), h.latest, p.table_name, p.id, p.link, p.source, p.target
