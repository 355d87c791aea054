-- Who warned or accused whom, when, and on what evidence?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/who_warned_whom.sql
--
-- A row for each span of a source that supports the statement being of that kind. A statement that is reported twice
-- has several. "targets" are those whom it accuses or warns; "about" are all actors and places that it speaks of.
SELECT
  s.said_date,
  s.kind,
  concat_ws(
    ', ',
    speaker.name,
    (
      SELECT string_agg(coalesce(a.name, t.as_printed), ', ' ORDER BY t.co_speakers_position)
      FROM statements_co_speakers AS t
      LEFT JOIN actors AS a ON a.id = t.actor
      WHERE t.statements_id = s.id
    )
  ) AS speakers,
  (
    SELECT string_agg(coalesce(a.name, t.as_printed), ', ' ORDER BY t.addressees_position)
    FROM statements_addressees AS t
    LEFT JOIN actors AS a ON a.id = t.actor
    WHERE t.statements_id = s.id
  ) AS addressees,
  (
    SELECT string_agg(a.name, ', ' ORDER BY t.targets_position)
    FROM statements_targets AS t
    JOIN actors AS a ON a.id = t.value
    WHERE t.statements_id = s.id
  ) AS targets,
  (
    SELECT string_agg(coalesce(a.name, p.name), ', ' ORDER BY t.subjects_position)
    FROM statements_subjects AS t
    LEFT JOIN actors AS a ON a.id = t.value
    LEFT JOIN places AS p ON p.id = t.value
    WHERE t.statements_id = s.id
  ) AS about,
  s.summary,
  coalesce(source.title, source.id) AS source,
  evidence.span_start,
  evidence.span_end,
  evidence."begins" || ' … ' || evidence."ends" AS span
FROM statements AS s
JOIN actors AS speaker ON speaker.id = s.speaker_actor
JOIN provenance AS evidence
  ON evidence.table_name = 'statements' AND evidence.record_id = s.id AND evidence.field = '/kind'
JOIN sources AS source ON source.id = evidence.source_id
WHERE s.kind IN ('warning', 'accusation')
ORDER BY coalesce(s.said_date_earliest, s.said_date_latest), s.id, evidence.source_id, evidence.span_start;
