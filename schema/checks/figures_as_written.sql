-- A figure in the words of the text is the low or the high figure of the record.
SELECT
  'deployments' AS "table",
  id AS record,
  '/personnel/as_written' AS pointer,
  'the words have the figure ' || figure || ', which is neither the low figure nor the high one' AS message
FROM (
  SELECT
    id,
    personnel_low AS low,
    personnel_high AS high,
    CASE WHEN regexp_matches(personnel_as_written, '(?i)thousand|tausend|тисяч|тысяч') THEN 1000 ELSE 1 END AS factor,
    -- 30,000 or 30.000 or 30 000, with any sort of space
    unnest(regexp_extract_all(personnel_as_written, '[0-9]+(?:[,.’ \x{A0}\x{2009}\x{202F}][0-9]{3}\b)*')) AS figure
  FROM deployments
) AS figures
WHERE coalesce(
  CAST(regexp_replace(figure, '[^0-9]', '', 'g') AS BIGINT) NOT IN (coalesce(low, high), coalesce(high, low))
  AND CAST(regexp_replace(figure, '[^0-9]', '', 'g') AS BIGINT) * factor
    NOT IN (coalesce(low, high), coalesce(high, low)),
  true
)
