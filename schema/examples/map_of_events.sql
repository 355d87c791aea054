-- What happened where: points for a map, with the events at each.
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/map_of_events.sql
SELECT
  latitude,
  longitude,
  geo_precision,
  count(*) AS events,
  string_agg(DISTINCT places, ' | ' ORDER BY places) AS places,
  string_agg(id, ', ' ORDER BY id) AS ids
FROM events
WHERE latitude IS NOT NULL
GROUP BY latitude, longitude, geo_precision
ORDER BY events DESC, latitude, longitude;
