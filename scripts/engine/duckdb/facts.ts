import type { DuckDBConnection } from '@duckdb/node-api';
import type { ReleaseFacts } from '../engine.ts';
import { identifier, literal } from './sql.ts';

/** Creates the table `dataset` of a release, with its single row, in the current database. */
export async function createFacts(connection: DuckDBConnection, facts: ReleaseFacts): Promise<void> {
  const columns = factColumns(facts);
  const declared = columns.map(({ name, type }) => `${identifier(name)} ${type}`);
  await connection.run(`CREATE TABLE dataset (${declared.join(', ')})`);
  await connection.run("COMMENT ON TABLE dataset IS 'Which release of which dataset this is.'");
  for (const { name, comment } of columns)
    await connection.run(`COMMENT ON COLUMN dataset.${identifier(name)} IS ${literal(comment)}`);
  const values = columns.map(({ value }) => (value === null ? 'NULL' : literal(value)));
  await connection.run(`INSERT INTO dataset VALUES (${values.join(', ')})`);
}

interface FactColumn {
  readonly name: string;
  readonly type: string;
  readonly value: string | null;
  readonly comment: string;
}

function factColumns(facts: ReleaseFacts): readonly FactColumn[] {
  const required = 'VARCHAR NOT NULL';
  const text = 'VARCHAR';
  return [
    { name: 'name', type: required, value: facts.name, comment: 'Name of the dataset.' },
    { name: 'version', type: required, value: facts.version, comment: 'Version of the dataset.' },
    { name: 'title', type: text, value: facts.title, comment: 'Title of the dataset.' },
    {
      name: 'commit',
      type: text,
      value: facts.commit,
      comment: 'Git commit of its records and schemas; empty outside git.',
    },
    { name: 'date', type: 'TIMESTAMP WITH TIME ZONE', value: facts.date, comment: 'Date of that commit.' },
    { name: 'licence', type: text, value: facts.license, comment: 'Licence of the data (SPDX).' },
    { name: 'citation', type: required, value: facts.citation, comment: 'How to cite this release.' },
    {
      name: 'schemas_sha256',
      type: required,
      value: facts.schemas,
      comment:
        'Digest of the schemas: SHA-256 over the lines "<SHA-256 of the file>  <path in the schema ' +
        'folder>" of all JSON Schemas, in code-point order of path.',
    },
  ];
}
