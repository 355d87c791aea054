import { Ajv } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** A judge of records that shares only ajv with the program: it uses the schema files unchanged. */
export interface Oracle {
  /** Whether a record of a table is valid; undefined if the judge cannot tell. */
  readonly isValid: (table: string, record: unknown) => boolean | undefined;
}

const drafts: Readonly<Record<string, readonly (typeof Ajv | typeof Ajv2020)[]>> = {
  'https://json-schema.org/draft/2020-12/schema': [Ajv2020],
  'http://json-schema.org/draft-07/schema#': [Ajv],
  'http://json-schema.org/draft-07/schema': [Ajv],
};
const either = [Ajv, Ajv2020];

type Check = (record: unknown) => unknown;

/**
 * A judge for some schema files, given as texts by path below the schema folder. Whether formats are checked is up to
 * each validator: if the verdict depends on it, there is none.
 */
export function oracleOf(schemas: Readonly<Record<string, string>>): Oracle {
  const parsed = new Map(Object.entries(schemas).map(([name, text]) => [name, parsedOrUndefined(text)]));
  const checks = new Map<string, readonly (Check | undefined)[]>();
  const checksOf = (name: string): readonly (Check | undefined)[] => {
    const found =
      checks.get(name) ??
      dialectsOf(parsed.get(name)).flatMap((Dialect) =>
        [false, true].map((withFormats) => compile(Dialect, parsed, name, withFormats)),
      );
    checks.set(name, found);
    return found;
  };
  return {
    isValid(table, record) {
      const name = [`${table}.schema.json`, `${table}.json`].find((each) => parsed.has(each));
      if (name === undefined) return undefined;
      const verdicts = checksOf(name).map((check) => verdict(check, record));
      return verdicts.every((each) => each === verdicts[0]) ? verdicts[0] : undefined;
    },
  };
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The dialects that a schema can be meant in; if it does not say, all must agree. */
function dialectsOf(schema: unknown): readonly (typeof Ajv | typeof Ajv2020)[] {
  const named = typeof schema === 'object' && schema !== null && '$schema' in schema ? schema.$schema : undefined;
  if (named === undefined) return either;
  return typeof named === 'string' && Object.hasOwn(drafts, named) ? (drafts[named] ?? []) : [];
}

function compile(
  Dialect: typeof Ajv | typeof Ajv2020,
  schemas: ReadonlyMap<string, unknown>,
  name: string,
  withFormats: boolean,
): Check | undefined {
  const ajv = new Dialect({ strict: false, ownProperties: true, logger: false, validateFormats: withFormats });
  for (const [format, check] of Object.entries(fullFormats)) ajv.addFormat(format, check);
  try {
    for (const [file, schema] of schemas) {
      if (file !== name && typeof schema === 'object' && schema !== null)
        ajv.addSchema(schema, uriOf(file), undefined, false);
    }
    const schema = schemas.get(name);
    if (typeof schema === 'boolean') return () => schema;
    if (typeof schema !== 'object' || schema === null) return undefined;
    return ajv.addSchema(schema, uriOf(name)).getSchema(uriOf(name));
  } catch {
    return undefined;
  }
}

function uriOf(file: string): string {
  return `file:///schema/${file.split('/').map(encodeURIComponent).join('/')}`;
}

/** A judge that cannot tell is not an error: a schema can refer back to itself without end. */
function verdict(check: Check | undefined, record: unknown): boolean | undefined {
  try {
    return check === undefined ? undefined : check(record) === true;
  } catch {
    return undefined;
  }
}
