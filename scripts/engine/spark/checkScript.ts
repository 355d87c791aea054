import { lineColumns } from './mapped.ts';
import { literal } from './sql.ts';

/** Where a build with Spark keeps its intermediate files, below one folder that all machines see. */
export const workFolders = {
  /** One line for each part of the records. */
  parts: 'parts',
  /** What the map tasks print, as Parquet, by kind and table. */
  mapped: 'mapped',
  broken: 'broken',
  /** What the first script finds. */
  found: 'found',
  /** Rows that no map task prints. */
  more: 'more',
  tables: 'tables',
  /** CSV of the rows, and records, by kind and table. */
  texts: 'texts',
  digests: 'digests',
} as const;

/** How TRANSFORM exchanges lines with a process. There are no NULLs: no line is U+0001. */
const lines = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' LINES TERMINATED BY '\\n' NULL DEFINED AS '\\u0001'";

/** A query that pipes the rows of another one through a command. */
export function transform(what: string, command: string, columns: string, from: string): string {
  return `SELECT TRANSFORM(${what}) ${lines} USING ${literal(command)} AS (${columns}) ${lines} FROM (${from})`;
}

/** The most identifiers of a table that are candidates for a near name. */
const mostCandidates = 50_000;

/**
 * The script that maps the records, and finds what no part can see by itself: identifiers that occur twice, references
 * to no record or a withdrawn one, records that look alike. The checks of every build, which know the exact rules, then
 * examine what it finds: so it can find too much, but never too little.
 * @param command maps a part
 */
export function checkScript(folder: string, command: string, parts: number): string {
  const at = (name: keyof typeof workFolders): string => literal(`${folder}/${workFolders[name]}`);
  const map = transform(
    'value',
    command,
    lineColumns,
    `SELECT /*+ REPARTITION(${Math.max(1, parts)}) */ value FROM parts`,
  );
  const found = (kind: string, from: string): string =>
    `SELECT ${literal(kind)} AS kind, tbl, id, form, part, n, text FROM (${from})`;
  const kind = (name: string): string =>
    `SELECT tbl, id, form, part, n, text FROM mapped WHERE kind = ${literal(name)}`;
  const twice = (name: string): string =>
    `${kind(name)} AND (tbl, form) IN ` +
    `(SELECT tbl, form FROM mapped WHERE kind = ${literal(name)} GROUP BY tbl, form HAVING count(*) > 1)`;
  return script([
    `CREATE OR REPLACE TEMPORARY VIEW parts USING text OPTIONS (path ${at('parts')})`,
    `CREATE TABLE mapped USING parquet OPTIONS (compression 'zstd') PARTITIONED BY (kind, tbl) ` +
      `LOCATION ${at('mapped')} AS SELECT id, form, part, n, text, kind, tbl FROM (${map})`,
    `CREATE TABLE broken USING parquet LOCATION ${at('broken')} AS ${brokenReferences}`,
    `INSERT OVERWRITE DIRECTORY ${at('found')} USING json ${[
      `SELECT kind, tbl, id, form, part, n, text FROM mapped ` +
        `WHERE kind IN ('problem', 'summary', 'failure', 'differs', 'withdrawal')`,
      found('suspect', twice('id')),
      found('suspect', twice('mark')),
      found('broken', 'SELECT tbl, id, form, part, n, text FROM broken'),
      found('known', knownIds),
      `SELECT 'count' AS kind, tbl, '' AS id, '' AS form, 0 AS part, count(*) AS n, ` +
        `CAST(sum(octet_length(text)) AS STRING) AS text FROM mapped WHERE kind = 'row' GROUP BY tbl`,
      found('excused', `${kind('excused')} AND (tbl, id) IN (SELECT tbl, id FROM broken)`),
    ].join('\nUNION ALL ')}`,
  ]);
}

/**
 * A reference has a line for each possible table, all with one number: exactly one of them must have the identifier.
 */
const brokenReferences = `WITH
references AS (SELECT * FROM mapped WHERE kind = 'reference'),
ids AS (SELECT tbl, id FROM mapped WHERE kind = 'id'),
gone AS (SELECT tbl, id FROM mapped WHERE kind = 'withdrawal')
SELECT r.tbl, r.id, r.form, r.part, r.n, r.text FROM references r
WHERE (r.part, r.n) IN (
  SELECT r.part, r.n FROM references r LEFT JOIN ids USING (tbl, id) GROUP BY r.part, r.n HAVING count(ids.id) <> 1)
OR (r.tbl, r.id) IN (SELECT tbl, id FROM gone)`;

/** The identifiers needed to explain a broken reference: similar ones, and those that may have been meant. */
const knownIds = `WITH
ids AS (SELECT tbl, id, form, part, n, text FROM mapped WHERE kind = 'id')
SELECT * FROM ids WHERE form IN (SELECT form FROM broken)
OR (tbl, id) IN (SELECT tbl, form FROM mapped WHERE kind = 'withdrawal')
UNION SELECT tbl, id, form, part, n, text FROM (
  SELECT *, row_number() OVER (PARTITION BY tbl ORDER BY part, n) AS rank
  FROM ids WHERE tbl IN (SELECT tbl FROM broken)) WHERE rank <= ${mostCandidates}`;

/**
 * Statements as a script. The command line of Spark looks for semicolons and quotes in quoted names too: a statement
 * with such a name is passed as a text.
 */
export function script(queries: readonly string[]): string {
  return queries.map((query) => `${hasOddName(query) ? `EXECUTE IMMEDIATE ${literal(query)}` : query};\n`).join('');
}

function hasOddName(query: string): boolean {
  return (query.match(/`(?:[^`]|``)*`/g) ?? []).some((name) => !/^`[\p{L}\p{N}_ ./-]*`$/u.test(name));
}
