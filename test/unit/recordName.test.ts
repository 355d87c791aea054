import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../scripts/json/json.ts';
import { nameOf } from '../../scripts/schema/recordName.ts';
import { projectAt } from '../support/projectAt.ts';
import { museum } from '../support/museum.ts';

const text = { type: 'string', minLength: 1 };
const named = { ...text, 'x-label': true };
const slug = { type: 'string', pattern: '^[a-z]+$' };
const object = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
});
const person = object({ type: { const: 'person' }, given: text, family: text }, ['type', 'family']);
const group = object({ type: { const: 'group' }, note: text, name: text }, ['type', 'name']);

describe('the name of a record', () => {
  test.each<readonly [string, object, JsonObject, string | undefined]>([
    ['is its first required text', { note: text, name: text }, { note: 'n', name: 'Tom' }, 'Tom'],
    ['is not another text', { name: text, note: text }, { note: 'n' }, undefined],
    ['is in a required object', { who: object({ family: text }, ['family']), town: text }, who('Taylor'), 'Taylor'],
    [
      'is that of a person',
      { who: { oneOf: [person, group] } },
      { who: { type: 'person', family: 'Taylor' } },
      'Taylor',
    ],
    [
      'is that of a group',
      { who: { oneOf: [person, group] } },
      { who: { type: 'group', name: 'Tay & Co' } },
      'Tay & Co',
    ],
    [
      'is all of the texts with x-label',
      { who: object({ given: named, family: named }, ['family']), town: text },
      { who: { given: 'Robert', family: 'Taylor' }, town: 'Oxford' },
      'Robert Taylor',
    ],
    [
      'is those that it has',
      { who: object({ given: named, family: named }), town: text },
      { who: { family: 'Taylor' }, town: 'Oxford' },
      'Taylor',
    ],
  ])('%s', (_, properties, record, name) => {
    const required = ['id', ...['name', 'who'].filter((each) => each in properties)];
    const schema = object({ id: slug, ...properties }, required);
    const { types } = projectAt(museum({ 'schema/bells.schema.json': schema }), []);
    const bells = types.find((type) => type.name === 'bells');
    if (bells === undefined) throw new Error('no bells');
    expect(nameOf(bells, { id: 'a', ...record })).toBe(name);
  });
});

test.each([
  [object({ id: slug, number: { type: 'integer', 'x-label': true } }, ['id']), 'x-label at "/number" needs a text'],
  [{ ...object({ id: slug }, ['id']), 'x-label': true }, 'x-label at the root needs a text'],
])('x-label on something else than a text is refused', (schema, message) => {
  expect(() => projectAt(museum({ 'schema/bells.schema.json': schema }), [])).toThrow(message);
});

function who(family: string): JsonObject {
  return { who: { family }, town: 'Oxford' };
}
