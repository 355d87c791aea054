-- How many telephone calls were there between each pair of countries, and when?
-- Run in the release folder: duckdb -readonly demarche.duckdb < examples/calls_between_countries.sql
--
-- Calls that are only planned or offered do not count.
WITH participants AS (
  SELECT DISTINCT m.id, m.occurs_date_earliest, a.country_code AS country
  FROM meetings AS m
  JOIN meetings_participants AS p ON p.meetings_id = m.id
  JOIN actors AS a ON a.id = p.actor
  WHERE m.kind = 'telephone_call' AND m.status = 'held'
)
SELECT
  a.country AS country,
  b.country AS other_country,
  count(*) AS calls,
  min(a.occurs_date_earliest) AS first_call,
  max(a.occurs_date_earliest) AS last_call
FROM participants AS a
JOIN participants AS b ON b.id = a.id AND a.country::VARCHAR < b.country::VARCHAR
GROUP BY ALL
ORDER BY calls DESC, country, other_country;
