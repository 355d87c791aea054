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
    unnest(regexp_extract_all(personnel_as_written, '[0-9]+(?:,[0-9]{3})*')) AS figure
  FROM deployments
) AS figures
WHERE coalesce(CAST(replace(figure, ',', '') AS BIGINT) NOT IN (coalesce(low, high), coalesce(high, low)), true)
