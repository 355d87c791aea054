// DuckDB alone: reads the works of works.ts from NDJSON, makes their tables, and writes CSV, Parquet and a database.
// It checks nothing. Usage: node duckdb.mjs FILE FOLDER
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { DuckDBInstance } from '@duckdb/node-api';

const [file = '', folder = ''] = process.argv.slice(2);
const types = {
  id: 'VARCHAR',
  title: 'VARCHAR',
  kind: 'VARCHAR',
  published: 'DATE',
  pages: 'BIGINT',
  height: 'DOUBLE',
  illustrated: 'BOOLEAN',
  persons: 'STRUCT(name VARCHAR, role VARCHAR, share DOUBLE)[]',
  subjects: 'VARCHAR[]',
  editions: 'STRUCT("year" BIGINT, publisher VARCHAR, copies BIGINT, remark VARCHAR)[]',
  note: 'VARCHAR',
};
const columns = Object.entries(types).map(([name, type]) => `${name}: '${type}'`);
const lists = ['persons', 'subjects', 'editions'];

fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder, { recursive: true });
const instance = await DuckDBInstance.create(path.join(folder, 'works.duckdb'));
const connection = await instance.connect();
await connection.run(
  `CREATE TEMPORARY TABLE raw AS FROM read_json('${file}', format = 'newline_delimited', columns = {${columns.join()}})`,
);
await connection.run(`CREATE TABLE works AS SELECT * EXCLUDE (${lists.join()}) FROM raw`);
for (const list of lists) {
  await connection.run(
    `CREATE TABLE works_${list} AS
     SELECT id AS works_id, unnest(range(len(${list}))) AS position, unnest(${list}, recursive := true) FROM raw`,
  );
}
for (const table of ['works', ...lists.map((list) => `works_${list}`)]) {
  await connection.run(`COPY ${table} TO '${path.join(folder, `${table}.csv`)}'`);
  await connection.run(
    `COPY ${table} TO '${path.join(folder, `${table}.parquet`)}' (FORMAT parquet, COMPRESSION zstd)`,
  );
}
connection.closeSync();
instance.closeSync();
