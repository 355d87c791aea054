-- Every dated event in one list, in order of time: what was said, who met, and where forces were or moved.
--
-- Columns:
-- kind: Table of the record: statements, meetings or deployments.
-- id -> kind: Identifier of the record in its table.
-- date: When it happened, as an uncertain date (EDTF).
-- earliest: First day that the date allows; empty where it is open or unknown.
-- latest: Last day that the date allows; empty where it is open or unknown.
-- summary: The record in one sentence.
SELECT *
FROM (
  SELECT
    'statements' AS kind, id, said_date AS date, said_date_earliest AS earliest, said_date_latest AS latest, summary
  FROM statements
  UNION ALL
  SELECT 'meetings', id, occurs_date, occurs_date_earliest, occurs_date_latest, summary
  FROM meetings
  UNION ALL
  SELECT
    'deployments',
    id,
    coalesce(occurs_date, as_of_date),
    CASE WHEN occurs_date IS NULL THEN as_of_date_earliest ELSE occurs_date_earliest END,
    CASE WHEN occurs_date IS NULL THEN as_of_date_latest ELSE occurs_date_latest END,
    summary
  FROM deployments
) AS events
ORDER BY coalesce(earliest, latest), latest, kind, id
