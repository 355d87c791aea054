import { describe, expect, test, vi } from 'vitest';
import { type Compilation, compile } from '../../scripts/compile/compile.ts';
import type { Json } from '../../scripts/json/json.ts';
import { currentDraft } from '../../scripts/read/currentDraft.ts';
import { standardSchema } from '../../scripts/read/standardSchemas.ts';
import { locationOf } from '../../scripts/schema/location.ts';
import { type RecordType, recordTypes } from '../../scripts/schema/recordTypes.ts';
import { type SchemaFile, type SchemaSet, linkReached, linkSchemas } from '../../scripts/schema/schemaSet.ts';
import { type CheckSettings, schemaChecks } from '../../scripts/validate/ajv/schemaCheck.ts';
import { sha256 } from '../support/fixture.ts';

const draft7 = 'http://json-schema.org/draft-07/schema#';
const draft4 = 'http://json-schema.org/draft-04/schema#';

interface Opened {
  readonly schemas: SchemaSet;
  readonly type: RecordType;
}

/** The table `t` of a schema, with other files next to it. */
function open(schema: Json, others: Readonly<Record<string, Json>> = {}, refs: Record<string, string> = {}): Opened {
  const files: Readonly<Record<string, Json>> = { 't.json': schema, ...others };
  const read = (name: string): SchemaFile => ({ name, shown: name, schema: currentDraft(files[name] ?? null, name) });
  const source = { names: Object.keys(files), read, refs: new Map(Object.entries(refs)), standard: standardSchema };
  const schemas = linkReached(source, [locationOf('t.json', '')]);
  const [type] = recordTypes(schemas, [{ name: 't', file: 't.json', pointer: '', key: undefined }]);
  if (type === undefined) throw new Error('no table');
  return { schemas, type };
}

function planned({ type }: Opened, records: readonly Json[] = []): Compilation {
  return compile([type], { own: false, enforced: false, digest: sha256, recordsOf: () => records });
}

/** The rows of records by table, without key columns. */
function rowsOf(opened: Opened, records: readonly Json[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const { rows } = planned(opened, records);
  const at = records.map((value, index) => ({ type: opened.type, value, file: 'f.json', index }));
  for (const { table, rows: some } of rows(at, () => undefined)) counts[table] = (counts[table] ?? 0) + some.length;
  return counts;
}

function faultsOf(opened: Opened, value: Json, settings: CheckSettings = {}): readonly string[] {
  return schemaChecks(opened.schemas, undefined, settings)(opened.type)(value).map(({ rule }) => rule);
}

const recursive: readonly (readonly [string, Json, Json, Readonly<Record<string, number>>])[] = [
  [
    'a condition',
    {
      $schema: draft7,
      definitions: {
        m: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            kids: {
              type: 'array',
              items: { if: { type: 'object' }, then: { $ref: '#/definitions/m' }, else: { type: 'string' } },
            },
          },
        },
      },
      properties: { kids: { $ref: '#/definitions/m/properties/kids' } },
    },
    { kids: [{ name: 'a', kids: ['b.json', { name: 'c' }] }] },
    { t: 1, t_kids: 3 },
  ],
  [
    'a condition on an object',
    { $schema: draft7, properties: { name: { type: 'string' }, kid: { if: { type: 'object' }, then: { $ref: '#' } } } },
    { kid: { name: 'a' } },
    { t: 1 },
  ],
  [
    'a dependent schema',
    {
      properties: { a: { type: 'array', items: { $ref: '#' } } },
      dependentSchemas: { a: { properties: { b: { $ref: '#' } } } },
    },
    { a: [{ a: [{}] }], b: { a: [{}] } },
    { t: 1, t_a: 2 },
  ],
  [
    'objects, lists and maps at once',
    {
      $schema: draft7,
      type: 'object',
      properties: { in: { $ref: '#' } },
      additionalProperties: { oneOf: [{ $ref: '#' }, { type: 'array', items: { $ref: '#' } }] },
    },
    { a: { in: {} }, b: [{ c: {} }] },
    { t: 1, t_entries: 2 },
  ],
  [
    'a recursive anchor',
    {
      $schema: 'https://json-schema.org/draft/2019-09/schema',
      $recursiveAnchor: true,
      type: 'object',
      properties: { v: { type: 'string' }, kids: { type: 'array', items: { $recursiveRef: '#' } } },
      unevaluatedProperties: false,
    },
    { v: 'a', kids: [{ v: 'b', kids: [{ v: 'c' }] }] },
    { t: 1, t_kids: 2 },
  ],
];

test.each(recursive)('a schema that refers back to itself through %s has tables', (_, schema, record, rows) => {
  const opened = open(schema);
  expect(faultsOf(opened, record)).toEqual([]);
  expect(rowsOf(opened, [record])).toEqual(rows);
});

test('an annotation next to $ref changes no table', () => {
  const node = (name: string, beside: Record<string, Json>): Json => ({
    type: 'object',
    properties: { v: { type: 'string' } },
    patternProperties: { '^[A-Z]': { $ref: `#/definitions/${name}`, ...beside } },
    additionalProperties: false,
  });
  const schema = (beside: Record<string, Json>): Json => ({
    $schema: draft7,
    definitions: { node: node('node', {}), other: node('other', beside) },
    patternProperties: { '^api': { $ref: '#/definitions/node' }, '^web': { $ref: '#/definitions/other' } },
    additionalProperties: false,
  });
  const [plain, ...others] = [{}, { tsType: 'X' }, { title: 'Node' }, { minProperties: 1 }].map((beside) =>
    planned(open(schema(beside))).tables.map(({ name, columns }) => [name, columns.map((c) => c.name)]),
  );
  for (const tables of others) expect(tables).toEqual(plain);
  const record = { api: { v: 'w', A: { v: 'x', B: { v: 'y' } } } };
  expect(rowsOf(open(schema({ tsType: 'X' })), [record])).toEqual({ t: 1, t_entries: 3 });
});

describe('a schema in which everything can contain everything', () => {
  const names = Array.from({ length: 25 }, (_, i) => `T${i}`);
  const members = names.flatMap((name) => [
    [`one${name}`, { $ref: `#/definitions/${name}` }] as const,
    [`all${name}`, { type: 'array', items: { $ref: `#/definitions/${name}` } }] as const,
  ]);
  const properties: Json = { text: { type: 'string' }, ...Object.fromEntries(members) };
  const definitions = Object.fromEntries(names.map((name) => [name, { type: 'object', properties }]));
  const opened = open({ $schema: draft7, ...definitions['T0'], definitions });
  const record = { text: 'a', oneT1: { text: 'b', allT2: [{ text: 'c', allT2: [{ text: 'd' }] }] }, allT3: [] };

  test('has the tables and columns that records use', () => {
    const { tables } = planned(opened, [record]);
    expect(tables.map(({ name, columns }) => [name, columns.map((c) => c.name)])).toEqual([
      ['t', ['_file', '_index', 'text', 'oneT1_text', '_rest']],
      ['t_oneT1_allT2', ['t_file', 't_index', 'oneT1_allT2_pointer', 'text', '_rest']],
      ['t_allT3', ['t_file', 't_index', 'allT3_position', '_rest']],
    ]);
    expect(rowsOf(opened, [record])).toEqual({ t: 1, t_oneT1_allT2: 2 });
  });

  test('is compiled as far as records reach', () => {
    expect(faultsOf(opened, record)).toEqual([]);
    expect(faultsOf(opened, { oneT1: { allT2: [{ oneT5: { text: 1 } }] } })).toEqual(['type']);
  });
});

test('what one alternative says of a member is certain if the others rule that member out', () => {
  const alternative = (type: string, member: Record<string, Json>, others: boolean): Json => ({
    type: 'object',
    properties: { type: { const: type, description: `A ${type}.` }, ...member },
    required: ['type'],
    additionalProperties: others,
  });
  const columns = (others: boolean): readonly Json[] => {
    const oneOf = [
      alternative('person', { born: { enum: ['here', 'elsewhere'] } }, others),
      alternative('firm', { members: { type: 'array', items: { type: 'string' } } }, others),
    ];
    const { tables } = planned(open({ type: 'object', properties: { who: { oneOf } } }));
    return tables
      .filter(({ name }) => name !== 'codelists')
      .flatMap((table) => table.columns.map(({ name, codes }) => [`${table.name}.${name}`, codes?.map((c) => c.code)]))
      .map(([name, codes]) => `${String(name)} ${JSON.stringify(codes ?? null)}`);
  };
  const type = 't.who_type ["person","firm"]';
  expect(columns(false)).toEqual(expect.arrayContaining([type, 't.who_born ["here","elsewhere"]']));
  expect(columns(false)).not.toContain('t_who_members._rest null');
  expect(columns(true)).toEqual(expect.arrayContaining([type, 't.who_born null', 't_who_members._rest null']));
});

test('the description of one value is that of its code', () => {
  const oneOf = ['person', 'firm'].map((type) => ({
    properties: { type: { const: type, description: `A ${type}.` } },
    required: ['type'],
  }));
  const { tables } = planned(open({ type: 'object', oneOf }));
  expect(tables[0]?.columns.find(({ name }) => name === 'type')?.codes).toEqual([
    { code: 'person', description: 'A person.' },
    { code: 'firm', description: 'A firm.' },
  ]);
});

describe('drafts', () => {
  const limited = { type: 'number', minimum: 0, exclusiveMinimum: true };
  test.each([
    ['draft-04 by its name', { $schema: draft4, properties: { a: limited } }, { a: 1 }, { a: 0 }],
    ['draft-04 by its keywords', { properties: { a: limited } }, { a: 1 }, { a: 0 }],
    ['an id of draft-04', { $schema: draft4, id: 'https://example.org/x', properties: { a: limited } }, {}, { a: 0 }],
    [
      'an id that is none, in draft-06',
      { $schema: 'http://json-schema.org/draft-06/schema#', id: 'x', properties: { a: { const: 1 } } },
      { a: 1 },
      { a: 2 },
    ],
    [
      'a tuple of 2019-09',
      {
        $schema: 'https://json-schema.org/draft/2019-09/schema',
        properties: { a: { items: [{ type: 'number' }, { type: 'string' }] } },
      },
      { a: [1, 'x'] },
      { a: ['x', 1] },
    ],
    [
      'a reference to a meta-schema',
      { properties: { a: { $ref: draft7 } } },
      { a: { type: 'null' } },
      { a: { type: 1 } },
    ],
    [
      'a reference into the meta-schema of draft-04',
      { $schema: draft4, properties: { a: { $ref: `${draft4}/definitions/positiveInteger` } } },
      { a: 1 },
      { a: -1 },
    ],
  ] as const)('%s', (_, schema, good, bad) => {
    const opened = open(schema);
    expect(faultsOf(opened, good)).toEqual([]);
    expect(faultsOf(opened, bad)).not.toEqual([]);
  });

  test('an unknown draft is named', () => {
    expect(() => open({ $schema: 'http://json-schema.org/draft-03/schema#' })).toThrow(
      't.json: the draft "http://json-schema.org/draft-03/schema#" of JSON Schema is not supported; supported drafts:',
    );
  });
});

describe('schemas that nothing refers to', () => {
  const used = { type: 'object', properties: { a: { type: 'string' } } };
  const $defs = { unused: { $ref: '#/$defs/absent' }, wrong: { tpye: 'string' }, worse: { type: 7 } };

  test('do not have to be valid', () => {
    const opened = open({ ...used, $defs }, { 'example.json': { document: { title: 'a record' } } });
    expect(faultsOf(opened, { a: 'x' })).toEqual([]);
    expect(faultsOf(opened, { a: 1 })).toEqual(['type']);
  });

  test('must be valid if the whole folder counts', () => {
    const files = [{ name: 't.json', shown: 't.json', schema: { ...used, $defs } }];
    expect(() => linkSchemas(files, true)).toThrow(/"#\/\$defs\/absent" points to nothing|unknown keyword "tpye"/);
  });

  test('do not have to be valid if the table is part of a file', () => {
    const files = { 't.json': { oneOf: [{ $ref: '#/absent' }], properties: { b: { type: 7 } }, $defs: { t: used } } };
    const read = (name: string): SchemaFile => ({ name, shown: name, schema: files['t.json'] });
    const source = { names: ['t.json'], read, refs: new Map<string, string>(), standard: standardSchema };
    const schemas = linkReached(source, [locationOf('t.json', '/$defs/t')]);
    const [type] = recordTypes(schemas, [{ name: 't', file: 't.json', pointer: '/$defs/t', key: undefined }]);
    if (type === undefined) throw new Error('no table');
    expect(faultsOf({ schemas, type }, { a: 1 })).toEqual(['type']);
  });

  test('must be valid if something refers to them', () => {
    const schema = { properties: { a: { $ref: 'other.json' } } };
    expect(() => open(schema, { 'other.json': { tpye: 'string' } })).toThrow('unknown keyword "tpye"');
    expect(() => open(schema, { 'other.json': { $ref: '#/absent' } })).toThrow('"#/absent" points to nothing');
  });

  test('are found by their $id', () => {
    const schema = { properties: { a: { $ref: 'https://example.org/b#/$defs/c' } } };
    const other = { $id: 'https://example.org/b', $defs: { c: { type: 'string' } } };
    expect(faultsOf(open(schema, { 'broken.json': { tpye: 1 }, 'x.json': other }), { a: 1 })).toEqual(['type']);
  });
});

test('a reference to the web means the copy that the configuration names, and is never fetched', () => {
  const schema = {
    properties: { a: { $ref: 'https://example.org/one.json' }, b: { $ref: 'https://example.org/v/2.json' } },
  };
  const copies = { 'vendor/one.json': { type: 'string' }, 'vendor/v/2.json': { type: 'number' } };
  const refs = { 'https://example.org/one.json': 'vendor/one.json', 'https://example.org/v/': 'vendor/v/' };
  const opened = open(schema, copies, refs);
  expect(faultsOf(opened, { a: 'x', b: 1 })).toEqual([]);
  expect(faultsOf(opened, { a: 1, b: 'x' })).toEqual(['type', 'type']);
  expect(() => open(schema, copies)).toThrow(
    /points to nothing in the schema folder: nothing is fetched; .+ under "refs"/,
  );
});

describe('what ajv gets wrong', () => {
  const uri = 'https://json-schema.org/draft/2020-12/schema';
  test.each([
    ['a multiple in decimal', { properties: { p: { multipleOf: 0.01 } } }, { p: 19.99 }, undefined],
    ['a multiple of a small number', { properties: { p: { multipleOf: 1e-8 } } }, { p: 12391239123 }, undefined],
    ['no multiple in decimal', { properties: { p: { multipleOf: 0.01 } } }, { p: 19.995 }, 'range'],
    ['a list without codes', { properties: { p: { enum: [] } } }, { p: 1 }, 'enum'],
    ...[
      ['the second branch', { id: 'y', b: 1 }, undefined] as const,
      ['the first branch', { id: 'y', a: 1 }, undefined] as const,
      ['what no branch has looked at', { id: 'y', b: 1, c: 1 }, 'unknown-key'] as const,
    ].map(
      ([name, value, broken]) =>
        [
          `keys before alternatives: ${name}`,
          {
            $ref: '#/$defs/p',
            oneOf: [
              { required: ['a'], properties: { a: true } },
              { required: ['b'], properties: { b: true } },
            ],
            unevaluatedProperties: false,
            $defs: { p: { properties: { id: { type: 'string' } } } },
          },
          value,
          broken,
        ] as const,
    ),
    [
      'keys of an if that fails',
      { if: { properties: { a: { const: 1 } }, required: ['a'] }, then: true, unevaluatedProperties: false },
      { a: 2 },
      'unknown-key',
    ],
    [
      'keys of an if by itself',
      { if: { properties: { a: { const: 1 } }, required: ['a'] }, unevaluatedProperties: false },
      { a: 1 },
      undefined,
    ],
    ...(
      [
        ['that contains has looked at', ['a', 1, 2], undefined],
        ['that contains has not looked at', ['a', 1, 'b'], 'length'],
        ['that an alternative has looked at', [true, 1, 'x'], undefined],
        ['that no alternative has looked at', [true, 1, 'x', null], 'length'],
      ] as const
    ).map(
      ([name, list, broken]) =>
        [
          `elements ${name}`,
          {
            properties: {
              l: {
                anyOf: [
                  { prefixItems: [{ type: 'boolean' }], contains: { const: 'x' } },
                  { prefixItems: [{ type: 'string' }] },
                ],
                allOf: [{ contains: { type: 'number' } }],
                unevaluatedItems: false,
              },
            },
          },
          { l: list },
          broken,
        ] as const,
    ),
  ] as readonly (readonly [string, Record<string, Json>, Json, string | undefined])[])(
    '%s',
    (_, schema, value, broken) => {
      expect(faultsOf(open({ $schema: uri, ...schema }), value)).toEqual(broken === undefined ? [] : [broken]);
    },
  );
});

describe('formats', () => {
  test.each([
    ['uri', ['mailto:', 'https://example.org/a?b#c'], ['example.org', 'https://example.org/①']],
    ['uri-reference', ['../a', '#b'], ['\\\\a', '①']],
    ['iri', ['https://example.org/straße?q=①'], ['straße', 'no iri <>']],
    ['iri-reference', ['straße'], ['<>']],
    ['uuid', ['2EB8AA08-aa98-11ea-b4aa-73b441d16380'], ['urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380', '2eb8aa08']],
    ['hostname', ['example.org'], ['-a.org', 'straße.example.org']],
    ['idn-hostname', ['straße.example.org', '실례.com'], ['a b', 'a/b', '〮실례', 'x:80']],
    ['email', ['a@example.org'], ['a', 'é@example.org']],
    ['idn-email', ['é.b@straße.example.org'], ['é', 'é@', `${'é'.repeat(5000)} @example.org`]],
    ['duration', ['P1Y2M', 'PT12H'], ['P', '1Y']],
    ['time', ['23:59:60Z', '12:00:00+01:00'], ['23:60:00Z', '24:00:00Z', '12:00:00']],
    ['date-time', ['2016-12-31T23:59:60Z'], ['1985-04-12T23:60:00+00:01', '2016-12-31T24:59:60+01:00']],
    ['date', ['2024-02-29'], ['2023-02-29']],
    ['ipv4', ['1.2.3.4'], ['1.2.3.256']],
    ['ipv6', ['::1'], [':::']],
    ['json-pointer', ['/a~0b'], ['a', '/~2']],
    ['relative-json-pointer', ['1/a', '0#'], ['-1', 'a']],
    ['regex', ['^a+$'], ['(']],
    ['uri-template', ['/a/{b}'], ['/a/{b']],
  ] as const)('%s', (format, good, bad) => {
    const opened = open({ properties: { v: { type: 'string', format } } });
    const check = schemaChecks(opened.schemas, undefined)(opened.type);
    expect(good.filter((v) => check({ v }).length > 0)).toEqual([]);
    expect(bad.filter((v) => check({ v }).length === 0)).toEqual([]);
  });

  const link = { type: 'string', format: 'uri', pattern: '^https:' };
  const listed = (one: Json): Json => ({ anyOf: [one, { type: 'array', items: one }] });
  test.each([
    ['in place', { properties: { u: link } }],
    ['in alternatives', { properties: { u: listed(link) } }],
    ['behind a reference', { properties: { u: { $ref: '#/$defs/v' } }, $defs: { v: link } }],
    ['behind references in alternatives', { properties: { u: listed({ $ref: '#/$defs/v' }) }, $defs: { v: link } }],
    [
      'in exclusive alternatives',
      { properties: { u: { oneOf: [{ $ref: '#/$defs/v' }, { type: 'number' }] } }, $defs: { v: link } },
    ],
    [
      'under a condition',
      { if: { required: ['u'] }, then: { properties: { u: { $ref: '#/$defs/v' } } }, $defs: { v: link } },
    ],
  ] as readonly (readonly [string, Record<string, Json>])[])(
    'a soft one that fails is reported once and fails nothing else: %s',
    (_, schema) => {
      const opened = open({ type: 'object', ...schema });
      expect(faultsOf(opened, { u: 'https://example.org/①' }, { softFormats: true })).toEqual(['format']);
      expect(faultsOf(opened, { u: 'http://example.org/' }, { softFormats: true })).toContain('pattern');
    },
  );

  test('a soft one decides no alternative that it decides when it is strict', () => {
    const date = {
      oneOf: [
        { type: 'string', format: 'date' },
        { type: 'string', pattern: 'x' },
      ],
    };
    const opened = open({ properties: { a: link, b: date } });
    expect(faultsOf(opened, { a: 'https://①', b: 'x' }, { softFormats: true })).toEqual(['format']);
  });
});

test('a name that is not allowed is one fault, at the key', () => {
  const opened = open({ properties: { m: { propertyNames: { pattern: '^[a-z]{2}$' } } } });
  const faults = schemaChecks(opened.schemas, undefined)(opened.type)({ m: { en: 'x', ENG: 'y' } });
  expect(faults).toEqual([
    {
      rule: 'key',
      message: 'the key "ENG" is not allowed here',
      pointer: '/m/ENG',
      atKey: true,
      hint: 'keys here must match ^[a-z]{2}$',
    },
  ]);
});

describe('for alternatives, the faults are those of the one that was meant', () => {
  const number = { type: 'number' };
  const shape = (kind: Json, more: Record<string, Json>, rest: Record<string, Json> = {}): Record<string, Json> => ({
    type: 'object',
    properties: { kind, ...more },
    required: ['kind', ...Object.keys(more)],
    ...rest,
  });
  const closed = { additionalProperties: false };
  const dot = shape({ const: 'dot' }, {}, closed);
  const circle = shape({ const: 'circle' }, { r: number, x: number }, closed);
  const $defs = {
    round: { const: 'circle' },
    base: { type: 'object', properties: { kind: { type: 'string' } }, required: ['kind'] },
    dot: { allOf: [{ $ref: '#/$defs/base' }, { properties: { kind: { const: 'dot' } } }] },
    circle: {
      allOf: [
        { $ref: '#/$defs/base' },
        { allOf: [{ properties: { kind: { $ref: '#/$defs/round' }, r: number }, required: ['r'] }] },
      ],
    },
    line: { title: 'Line', ...shape({ const: 'line' }, { ends: { type: 'array' } }) },
    shape: { oneOf: [{ $ref: '#/$defs/dot' }, { $ref: '#/$defs/circle' }] },
  };
  const behind = { oneOf: [{ $ref: '#/$defs/shape' }, { $ref: '#/$defs/line' }] };
  const codes = { anyOf: [{ const: 'a', description: 'A' }, { enum: ['beta', 'c'] }, number] };
  const sizes = {
    anyOf: [
      { title: 'Box', type: 'object', properties: { w: number, h: number, d: number }, required: ['w', 'h', 'd'] },
      { $ref: '#/$defs/ball' },
      { type: 'string' },
    ],
  };
  const ball = { type: 'object', properties: { r: number }, required: ['r'] };

  test.each<readonly [name: string, schema: Json, value: Json, messages: readonly string[]]>([
    [
      'all of them, however many',
      { oneOf: [dot, circle] },
      { kind: 'circle', r: 'a' },
      ['"kind" is "circle", so "x" is needed', '"r" is a text, not a number'],
    ],
    ['a key too many', { oneOf: [dot, circle] }, { kind: 'dot', r: 1 }, ['unknown key "r", because "kind" is "dot"']],
    ['behind $ref and nested allOf', behind, { kind: 'circle' }, ['"kind" is "circle", so "r" is needed']],
    ['behind $ref, beside', behind, { kind: 'line' }, ['"kind" is "line", so "ends" is needed']],
    ['in a list', { items: behind }, [{ kind: 'dot' }, { kind: 'circle' }], ['"kind" is "circle", so "r" is needed']],
    ['no such constant', behind, { kind: 'circel', r: 1 }, ['"circel" is not one of the codes']],
    ['no constant', { oneOf: [dot, circle] }, { r: 1 }, ['"kind" is missing from "v"']],
    ['of constants', codes, 'x', ['"x" is not one of the codes']],
    ['of types', { anyOf: [number, { type: 'array' }] }, 'x', ['"v" is a text, not a number or a list']],
    [
      'without constants, the nearest',
      sizes,
      { d: 'x' },
      ['to fit "ball", the nearest of 3 alternatives: "r" is missing from "v"'],
    ],
    [
      'the only one of the type',
      { anyOf: [number, dot] },
      { kind: 'dot', a: 1 },
      ['unknown key "a", because "kind" is "dot"'],
    ],
    ['more than one', { oneOf: [number, { minimum: 3 }, dot] }, 4, ['"v" fits more than one of the alternatives']],
    [
      'with keys that no branch looks at then',
      { type: 'object', oneOf: [{ $ref: '#/$defs/line' }, { $ref: '#/$defs/dot' }], unevaluatedProperties: false },
      { kind: 'line', ends: 1 },
      ['"ends" is a number, not a list'],
    ],
  ])('%s', (_, schema, value, messages) => {
    const opened = open({ properties: { a: number, v: schema }, $defs: { ...$defs, ball } });
    for (const softFormats of [false, true]) {
      const check = schemaChecks(opened.schemas, undefined, { softFormats })(opened.type);
      expect(check({ a: 'x', v: value }).map(({ message }) => message)).toEqual([
        '"a" is a text, not a number',
        ...messages,
      ]);
    }
  });

  const hasBall = { contains: { $ref: '#/$defs/ball' } };

  test.each<readonly [name: string, schema: Json, value: Json, messages: readonly string[]]>([
    ['none', hasBall, [{ r: 'x' }, { s: 1 }], ['"v" needs at least 1 element of the form that its schema requires']],
    ['none of a union', { contains: behind }, [{ kind: 'circle' }, 'x'], [expect.stringContaining('at least 1')]],
    [
      'beside what all of them are held to',
      { items: { $ref: '#/$defs/base' }, contains: behind },
      [{ kind: 'circle' }, { r: 1 }],
      ['"kind" is missing from "/v/1"', expect.stringContaining('at least 1')],
    ],
    ['too few', { ...hasBall, minContains: 2 }, [{ s: 1 }, { r: 1 }, {}], [expect.stringContaining('at least 2')]],
    [
      'too many',
      { ...hasBall, maxContains: 1 },
      [{ s: 1 }, { r: 1 }, { r: 2 }, {}],
      [expect.stringContaining('at most 1')],
    ],
    [
      'more than it may have',
      { items: { $ref: '#/$defs/ball' }, ...hasBall, minContains: 3, maxContains: 1 },
      [{ r: 1 }, {}],
      ['"r" is missing from "/v/1"', expect.stringContaining('element')],
    ],
  ])('if a list lacks an element, no other element is reported: %s', (_, schema, value, messages) => {
    const opened = open({ properties: { a: number, v: schema }, $defs: { ...$defs, ball } });
    for (const softFormats of [false, true]) {
      const check = schemaChecks(opened.schemas, undefined, { softFormats })(opened.type);
      expect(check({ a: 'x', v: value }).map(({ message }) => message)).toEqual([
        '"a" is a text, not a number',
        ...messages,
      ]);
    }
  });

  test('hints name codes and alternatives', () => {
    const opened = open({ ...behind, $defs });
    const check = schemaChecks(opened.schemas, undefined)(opened.type);
    expect(check({ kind: 'circel' })).toMatchObject([
      { pointer: '/kind', hint: 'did you mean "circle"? the codes are dot, circle or line' },
    ]);
    const twice = open({
      properties: { v: { oneOf: [number, { $ref: '#/$defs/line' }, { title: 'Some', minimum: 3 }] } },
      $defs,
    });
    expect(schemaChecks(twice.schemas, undefined)(twice.type)({ v: 4 })).toMatchObject([
      { rule: 'alternatives', hint: 'it fits alternative 1 and "Some"' },
    ]);
    expect(check({})).toMatchObject([
      { missing: 'kind', hint: 'it says which alternative is meant: "dot", "circle" or "line"' },
    ]);
  });
});

test('many faults behind a $ref are not copied with each further one', () => {
  // what refers back to itself is called, not inlined
  const element = { properties: { n: { type: 'number' }, l: { $ref: '#/$defs/e' } } };
  const opened = open({ properties: { l: { items: { $ref: '#/$defs/e' } } }, $defs: { e: element } });
  const kept = new Map<string, string>();
  const cache = { get: (key: string) => kept.get(key), set: (key: string, text: string) => void kept.set(key, text) };
  const value = { l: Array.from({ length: 1000 }, () => ({ n: 'x' })) };
  const concat = vi.spyOn(Array.prototype, 'concat');
  // the second one runs the code that the first has kept
  for (const check of [0, 1].map(() => schemaChecks(opened.schemas, cache)(opened.type))) {
    concat.mockClear();
    expect(check(value)).toHaveLength(1000);
    const copied = concat.mock.contexts.reduce<number>((sum, list) => sum + Array.from(Object(list)).length, 0);
    expect(copied).toBeLessThan(10_000);
  }
  concat.mockRestore();
});

test('a null or an empty list that only one alternative requires is not lost', () => {
  const opened = open({
    anyOf: [
      { properties: { a: { type: ['null', 'string'] }, l: { type: 'array', items: {} } }, required: ['a', 'l'] },
      { properties: { b: { type: 'string' } }, required: ['b'] },
    ],
  });
  const records = [{ a: null, l: [] }, { b: 'x' }];
  const { rows } = planned(opened);
  const at = records.map((value, index) => ({ type: opened.type, value, file: 'f.json', index }));
  const rests = [...rows(at, () => undefined)].flatMap((batch) => batch.rows.map((row) => row.at(-1)));
  expect(rests).toEqual(['{"a":null,"l":[]}', null]);
});
