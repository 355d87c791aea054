import type { Column, Table } from '../../compile/model.ts';
import { digestMark, mostBytesOfText } from '../rowDigest.ts';
import { identifier } from './sql.ts';

/**
 * SQL for a row of a table as the JSON array that `rowDigest` makes of its compiled cells.
 * @param longestLine see `CsvFile`: DuckDB needs longer to plan texts that can be long than to digest a small table
 */
export function rowAsJson(table: Table, longestLine: number): string {
  const text = longestLine > mostBytesOfText ? digestIfLong : (name: string) => `${name}::VARCHAR`;
  return `json_array(${table.columns.map((column) => cell(column, text)).join(', ')})::VARCHAR`;
}

function cell(column: Column, text: (name: string) => string): string {
  const name = identifier(column.name);
  switch (column.type) {
    case 'integer':
    case 'boolean':
      return name;
    case 'number':
      return `(${numberAsJson(name)})::JSON`;
    case 'date':
      return `${name}::VARCHAR`;
    case 'timestamp':
      return `replace(replace(${name}::VARCHAR, ' ', 'T'), '+00', 'Z')`;
    default:
      return text(name);
  }
}

/** A text, or its digest if it is long. */
function digestIfLong(name: string): string {
  const text = `${name}::VARCHAR`;
  return `if(strlen(${text}) > ${mostBytesOfText}, concat('${digestMark}', sha256(${text})), ${text})`;
}

/**
 * Text of a number that `json_array` prints as ECMAScript does, but without a plus sign before an exponent. DuckDB
 * writes the same digits, but integers of more than 15 digits with a fraction or an exponent.
 */
function numberAsJson(name: string): string {
  const text = `${name}::VARCHAR`;
  const sign = `if(${name} < 0, '-', '')`;
  const digits = `replace(ltrim(split_part(${text}, 'e', 1), '-'), '.', '')`;
  const exponent = `abs(split_part(${text}, 'e', 2)::INTEGER)`;
  return `CASE
    WHEN ${name} <> trunc(${name}) OR abs(${name}) >= 1e21 THEN ${text}
    WHEN abs(${name}) < 1e15 THEN ${name}::BIGINT::VARCHAR
    WHEN abs(${name}) < 1e16 THEN regexp_replace(${text}, '\\.0$', '')
    ELSE ${sign} || rpad(${digits}, ${exponent} + 1, '0')
  END`;
}
