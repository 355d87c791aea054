-- Who speaks to whom, or acts at whom, how often and how?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/who_speaks_to_whom.sql
--
-- By country, or by side where an actor has none. A meeting has no direction: its pairs are in order of the alphabet.
WITH pairs AS (
  SELECT
    *,
    coalesce(source_country, source_side) AS source_of,
    coalesce(target_country, target_side) AS target_of
  FROM dyads
)
SELECT
  link,
  CASE link WHEN 'meeting' THEN least(source_of, target_of) ELSE source_of END AS source,
  CASE link WHEN 'meeting' THEN greatest(source_of, target_of) ELSE target_of END AS target,
  count(DISTINCT id) AS events,
  string_agg(DISTINCT kind, ', ' ORDER BY kind) AS kinds,
  min(earliest) AS first_day
FROM pairs
GROUP BY ALL
ORDER BY link, events DESC, source, target;
