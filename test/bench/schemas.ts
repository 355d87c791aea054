export const dialect = 'https://json-schema.org/draft/2020-12/schema';
export const text = { type: 'string', minLength: 1, maxLength: 2000, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' };
export const id = { type: 'string', pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 100 };
export const date = { type: 'string', format: 'date' };

export function codes(list: Readonly<Record<string, string>>): object {
  return { type: 'string', oneOf: Object.entries(list).map(([code, description]) => ({ const: code, description })) };
}

export function objectOf(properties: Readonly<Record<string, object>>, required: readonly string[]): object {
  const described = Object.entries(properties).map(([name, schema]) => [name, { description: `${name}.`, ...schema }]);
  return { type: 'object', properties: Object.fromEntries(described), required, additionalProperties: false };
}
