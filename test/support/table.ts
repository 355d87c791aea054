/** The schema of a table without evidence, which allows no other fields. */
export function table(
  title: string,
  properties: object,
  required: readonly string[],
  id: object = { type: 'string', pattern: '^[a-z0-9-]+$' },
): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    description: `One record for each of the ${title.toLowerCase()}.`,
    type: 'object',
    properties: { id, ...properties },
    required: ['id', ...required],
    additionalProperties: false,
  };
}
