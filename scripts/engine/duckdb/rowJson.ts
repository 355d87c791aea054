import type { Column, Table } from '../../compile/model.ts';
import { digestMark, mostBytesOfText } from '../rowDigest.ts';
import { identifier } from './sql.ts';

/**
 * SQL for a row of a table as the JSON array that `rowDigest` makes of its compiled cells.
 * @param longestLine see `CsvFile`: DuckDB needs longer to plan texts that can be long than to digest a small table
 */
export function rowAsJson(table: Table, longestLine: number): string {
  const asJson = longestLine > mostBytesOfText ? textAsJson : shortTextAsJson;
  const cells = table.columns.map((column) => cellAsJson(column, asJson));
  // a single call: each || would copy the row so far, and DuckDB rejects nesting as deep as a table can be wide
  return `concat('[', concat_ws(',', ${cells.join(', ')}), ']')`;
}

function cellAsJson(column: Column, asJson: (text: string) => string): string {
  const text = notNullAsJson(column, asJson);
  return column.nullable ? `coalesce(${text}, 'null')` : text;
}

function notNullAsJson(column: Column, asJson: (text: string) => string): string {
  const name = identifier(column.name);
  switch (column.type) {
    case 'integer':
    case 'boolean':
      return `${name}::VARCHAR`;
    case 'number':
      return numberAsJson(name);
    case 'date':
      return `'"' || ${name}::VARCHAR || '"'`;
    case 'timestamp':
      return `'"' || replace(replace(${name}::VARCHAR, ' ', 'T'), '+00', 'Z') || '"'`;
    default:
      return asJson(`${name}::VARCHAR`);
  }
}

/** A text as JSON, or its digest if it is long. */
function textAsJson(text: string): string {
  return `CASE WHEN strlen(${text}) > ${mostBytesOfText} THEN concat('"${digestMark}', sha256(${text}), '"')
    ELSE ${shortTextAsJson(text)} END`;
}

function shortTextAsJson(text: string): string {
  return `to_json(${text})::VARCHAR`;
}

/** A number as ECMAScript prints it. DuckDB prints the same digits, but switches to exponents at other sizes. */
function numberAsJson(name: string): string {
  const text = `${name}::VARCHAR`;
  const sign = `if(${name} < 0, '-', '')`;
  const digits = `replace(ltrim(split_part(${text}, 'e', 1), '-'), '.', '')`;
  const exponent = `abs(split_part(${text}, 'e', 2)::INTEGER)`;
  return `CASE
    WHEN ${name} = trunc(${name}) AND abs(${name}) < 1e15 THEN ${name}::BIGINT::VARCHAR
    WHEN abs(${name}) >= 1e-4 AND abs(${name}) < 1e16 THEN regexp_replace(${text}, '\\.0$', '')
    WHEN abs(${name}) >= 1e16 AND abs(${name}) < 1e21 THEN ${sign} || rpad(${digits}, ${exponent} + 1, '0')
    WHEN abs(${name}) >= 1e-6 AND abs(${name}) < 1e-4 THEN ${sign} || '0.' || repeat('0', ${exponent} - 1) || ${digits}
    ELSE regexp_replace(regexp_replace(${text}, 'e([+-])0', 'e\\1'), '\\.0e', 'e')
  END`;
}
