import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseJson, type Json } from '../../scripts/json/json.ts';
import { currentDraft } from '../../scripts/read/currentDraft.ts';
import { standardSchema } from '../../scripts/read/standardSchemas.ts';
import { locationOf } from '../../scripts/schema/location.ts';
import { recordTypes } from '../../scripts/schema/recordTypes.ts';
import { linkReached, type SchemaFile } from '../../scripts/schema/schemaSet.ts';
import { schemaChecks } from '../../scripts/validate/ajv/schemaCheck.ts';
import { disagreements, ofNewerCopies } from './disagreements.ts';

interface Group {
  readonly description: string;
  readonly schema: Json;
  readonly tests: readonly { readonly description: string; readonly data: Json; readonly valid: boolean }[];
}

/** A copy of the test suite: the folder with `tests` and `remotes`. */
const suite = process.env['JSON_SCHEMA_SUITE'] ?? '';
const drafts = {
  'draft2020-12': 'https://json-schema.org/draft/2020-12/schema',
  'draft2019-09': 'https://json-schema.org/draft/2019-09/schema',
  draft7: 'http://json-schema.org/draft-07/schema#',
  draft6: 'http://json-schema.org/draft-06/schema#',
  draft4: 'http://json-schema.org/draft-04/schema#',
};

function readJson(file: string): Json {
  const parsed = parseJson(fs.readFileSync(file, 'utf8'));
  if (!('value' in parsed)) throw new Error(`${file} is not JSON`);
  return parsed.value;
}

const remotes = fs
  .readdirSync(path.join(suite, 'remotes'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .map((name) => `remotes/${name}`);

/** The faults of each value of a group, found as a user would: the schema in a file, the value in a record. */
function check(draft: string, schema: Json): (data: Json) => boolean {
  const named = typeof schema === 'object' && schema !== null && !Array.isArray(schema);
  const whole: Json = named && !('$schema' in schema) ? { $schema: draft, ...schema } : schema;
  const files: Readonly<Record<string, Json>> = {
    'case.json': whole,
    'table.json': { $schema: draft, properties: { value: { $ref: 'case.json' } } },
  };
  const read = (name: string): SchemaFile => {
    const text = files[name] ?? readJson(path.join(suite, name));
    return { name, shown: name, schema: currentDraft(text, name) };
  };
  const names = [...Object.keys(files), ...remotes];
  const refs = new Map([['http://localhost:1234/', 'remotes/']]);
  const schemas = linkReached({ names, read, refs, standard: standardSchema }, [locationOf('table.json', '')]);
  const [type] = recordTypes(schemas, [{ name: 'table', file: 'table.json', pointer: '', key: null }]);
  if (type === undefined) throw new Error('no table');
  const faults = schemaChecks(schemas, undefined)(type);
  return (data) => faults({ value: data }, 10_000).length === 0;
}

function outcomeOf(draft: string, group: Group): readonly string[] {
  const place = (of: string): string => `${group.description}: ${of}`;
  try {
    const isValid = check(draft, group.schema);
    return group.tests
      .filter(({ data, valid }) => isValid(data) !== valid)
      .map(({ description, valid }) => `${valid ? 'refused' : 'ACCEPTED'} ${place(description)}`);
  } catch (error) {
    return [`refused ${place(error instanceof Error ? error.message : String(error))}`];
  }
}

test.each(Object.entries(drafts))(
  '%s: the toolkit agrees with the suite, except for listed differences',
  (name, draft) => {
    const folder = path.join(suite, 'tests', name);
    const found: string[] = [];
    for (const file of fs.readdirSync(folder).filter((each) => each.endsWith('.json')))
      for (const group of readJson(path.join(folder, file)) as unknown as readonly Group[])
        found.push(...outcomeOf(draft, group).map((outcome) => `${file} ${outcome}`));
    const known = Object.values(disagreements[name] ?? {}).flat();
    const allowed = [...known, ...Object.values(ofNewerCopies).flat()];
    expect(found.filter((outcome) => !allowed.some((form) => form.test(outcome)))).toEqual([]);
    // an unused entry is a defect of the list
    expect(known.filter((form) => !found.some((outcome) => form.test(outcome)))).toEqual([]);
  },
);
