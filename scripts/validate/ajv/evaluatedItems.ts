import { type Ajv, type CodeKeywordDefinition, _ } from 'ajv';
import { Type, alwaysValidSchema } from 'ajv/dist/compile/util.js';
import { type Json, type JsonObject, isArray, isObject } from '../../json/json.ts';
import type { SchemaSet } from '../../schema/schemaSet.ts';
import { unionKeyword } from './unions.ts';

/** What must be known about schemas, each by its location. */
interface Schemas {
  readonly at: SchemaSet['at'];
  readonly isValid: (location: string, value: Json) => boolean;
  /** Whether an element that matches `contains` counts as evaluated: from draft 2020-12 on. */
  readonly countsContains: boolean;
}

/**
 * Makes `unevaluatedItems` test each element by itself. ajv only keeps how many elements, from the first on, are
 * evaluated: so `contains` evaluates all elements or none, and evaluations of alternatives are lost.
 */
export function addUnevaluatedItems(ajv: Ajv, schemas: Schemas): void {
  const rest = (location: string, list: readonly Json[]): readonly number[] => {
    const seen = new Set<number>();
    markSeen(schemas, location, list, seen, true);
    return [...list.keys()].filter((i) => !seen.has(i));
  };
  const standard = ajv.getKeyword('unevaluatedItems');
  if (typeof standard === 'boolean' || !('code' in standard)) throw new Error('ajv has no code for unevaluatedItems');
  const code: CodeKeywordDefinition['code'] = (cxt) => {
    const { gen, data, schema, parentSchema, it } = cxt;
    const location = String(parentSchema[unionKeyword]);
    if (isDynamic(schemas, location)) {
      standard.code(cxt);
      return;
    }
    it.items = true;
    if (schema !== false && alwaysValidSchema(it, schema)) return;
    const find = gen.scopeValue('func', { ref: rest });
    const left = gen.const('left', _`${find}(${location}, ${data})`);
    if (schema === false) {
      cxt.setParams({ len: _`${data}.length - ${left}.length` });
      cxt.fail(_`${left}.length > 0`);
      return;
    }
    const valid = gen.let('valid', true);
    const fits = gen.name('_valid');
    gen.forOf('i', left, (i) => {
      cxt.subschema({ keyword: 'unevaluatedItems', dataProp: i, dataPropType: Type.Num }, fits);
      gen.if(_`!${fits}`, () => gen.assign(valid, false));
    });
    cxt.ok(valid);
  };
  ajv.removeKeyword('unevaluatedItems');
  const { error } = standard;
  const definition = { keyword: 'unevaluatedItems', code, ...(error === undefined ? {} : { error }) };
  ajv.addKeyword({ ...definition, type: 'array', schemaType: ['boolean', 'object'] });
}

/** Whether evaluation depends on the path to the schema: only ajv follows that. */
function isDynamic(schemas: Schemas, location: string, passed = new Set<string>()): boolean {
  if (passed.has(location)) return false;
  passed.add(location);
  const { schema } = schemas.at(location);
  if (!isObject(schema)) return false;
  if (schema['$dynamicRef'] !== undefined || schema['$recursiveRef'] !== undefined) return true;
  return [true, false].some((held) =>
    [...inPlace(schema, location, (each) => held || !each.endsWith('/if'))].some((each) =>
      isDynamic(schemas, each, passed),
    ),
  );
}

/** Adds the elements that a schema evaluates, also through `$ref` and matching branches. */
function markSeen(
  schemas: Schemas,
  location: string,
  list: readonly Json[],
  seen: Set<number>,
  isAsking: boolean,
): void {
  const { at, isValid, countsContains } = schemas;
  const { schema } = at(location);
  if (!isObject(schema)) return;
  const most = looksAtAll(schema, isAsking) ? list.length : tupleLength(schema);
  for (let i = 0; i < Math.min(most, list.length); i++) seen.add(i);
  if (countsContains && schema['contains'] !== undefined)
    for (const [i, element] of list.entries()) if (isValid(`${location}/contains`, element)) seen.add(i);
  for (const inner of inPlace(schema, location, (each) => isValid(each, list)))
    markSeen(schemas, inner, list, seen, false);
}

function tupleLength({ prefixItems, items }: JsonObject): number {
  if (isArray(prefixItems)) return prefixItems.length;
  return isArray(items) ? items.length : 0;
}

/** @param isAsking whether it is the schema that has the `unevaluatedItems` */
function looksAtAll(schema: JsonObject, isAsking: boolean): boolean {
  const { items, additionalItems, unevaluatedItems } = schema;
  if (!isAsking && unevaluatedItems !== undefined) return true;
  return isArray(items) ? additionalItems !== undefined : items !== undefined;
}

/** Locations of the schemas for the same value: those that must match, and of the others those that do. */
function* inPlace(schema: JsonObject, location: string, fits: (location: string) => boolean): Generator<string> {
  const branches = (key: string): readonly string[] => {
    const all = schema[key];
    return isArray(all) ? [...all.keys()].map((i) => `${location}/${key}/${i}`) : [];
  };
  if (typeof schema['$ref'] === 'string') yield schema['$ref'];
  yield* branches('allOf');
  yield* [...branches('anyOf'), ...branches('oneOf')].filter(fits);
  if (schema['if'] === undefined) return;
  const holds = fits(`${location}/if`);
  if (holds) yield `${location}/if`;
  const clause = holds ? 'then' : 'else';
  if (schema[clause] !== undefined) yield `${location}/${clause}`;
}
