// Reads every table, view and ENUM of a database with DuckDB 1.1. Two versions of the library clash in one process, so
// this runs in its own.
// Its argument is the database; it prints JSON: the version, rows by table and view, codes by ENUM column.
import process from 'node:process';
import { DuckDBInstance } from 'duckdb-1.1';

const instance = await DuckDBInstance.create(process.argv[2], { access_mode: 'READ_ONLY' });
const connection = await instance.connect();

async function ask(sql) {
  return (await connection.runAndReadAll(sql)).getRowsJson().map((row) => row.map(String));
}

const version = (await ask('SELECT version()')).flat().join('');
const tables = await ask('SELECT table_name FROM duckdb_tables() WHERE NOT internal');
const views = await ask('SELECT view_name FROM duckdb_views() WHERE NOT internal');
const rows = {};
for (const [name = ''] of [...tables, ...views]) {
  // read every value, not only the count
  rows[name] = (await ask(`SELECT * FROM "${name}"`)).length;
}
const columns = await ask(
  "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal AND data_type LIKE 'ENUM%'",
);
const enums = {};
for (const [table, column, type] of columns) {
  enums[`${table}.${column}`] = (await ask(`SELECT unnest(enum_range(NULL::${type}))`)).flat();
}
process.stdout.write(JSON.stringify({ version, rows, enums }));
