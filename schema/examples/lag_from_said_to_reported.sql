-- How many days passed from when something was said to when it was reported?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/lag_from_said_to_reported.sql
--
-- Both times can be uncertain, so the lag has a least and a most; if nothing limits when it was said, it has no most.
SELECT
  id,
  kind,
  actors AS speaker,
  greatest(date_diff('day', latest, reported_earliest), 0) AS least_days,
  date_diff('day', earliest, reported_latest) AS most_days
FROM events
WHERE table_name = 'statements'
ORDER BY least_days DESC, most_days DESC NULLS LAST, id;
