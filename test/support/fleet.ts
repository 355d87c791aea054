/** A dataset with ports, for ships that refer to them; its ships are those of each test. */
export const ports = {
  'schema/dataset.json': { name: 'fleet', version: '1.0.0' },
  'schema/ports.schema.json': {
    type: 'object',
    properties: { id: { type: 'string' } },
    required: ['id'],
    additionalProperties: false,
  },
};
