import type { ErrorObject } from 'ajv';
import { list, printable, quoted } from '../../base/text.ts';

/**
 * Errors without those of `propertyNames` that only say why a name is not allowed, and those reasons, by object and
 * name.
 */
export function withoutNameErrors(errors: readonly ErrorObject[]): {
  readonly kept: readonly ErrorObject[];
  readonly reasons: ReadonlyMap<string, ErrorObject>;
} {
  const isReason = (e: ErrorObject): boolean => e.propertyName !== undefined && e.keyword !== 'propertyNames';
  const reasons = errors.filter(isReason);
  if (reasons.length === 0) return { kept: errors, reasons: new Map() };
  const first = reasons.toReversed().map((e) => [nameKey(e, e.propertyName ?? ''), e] as const);
  return { kept: errors.filter((e) => !isReason(e)), reasons: new Map(first) };
}

/** The name that an error of `propertyNames` is about. */
export function refusedName({ params }: ErrorObject): string {
  return String(params['propertyName']);
}

/** Which names an object allows, from the reason why it rejects one; undefined if that adds nothing. */
export function namesWanted(error: ErrorObject, reasons: ReadonlyMap<string, ErrorObject>): string | undefined {
  const reason = reasons.get(nameKey(error, refusedName(error)));
  const { params = {}, keyword } = reason ?? {};
  switch (keyword) {
    case 'pattern':
      return `keys here must match ${printable(String(params['pattern']))}`;
    case 'enum':
      return `the keys here are ${list([params['allowedValues']].flat().map((name) => quoted(String(name))))}`;
    case 'const':
      return `the key here is ${quoted(String(params['allowedValue']))}`;
    case 'format':
      return `keys here must have the format ${String(params['format'])}`;
    case 'minLength':
    case 'maxLength':
      return (
        `keys here must have ${keyword === 'minLength' ? 'at least' : 'at most'} ${String(params['limit'])} ` +
        'characters'
      );
    default:
      return undefined;
  }
}

function nameKey({ instancePath }: ErrorObject, name: string): string {
  return JSON.stringify([instancePath, name]);
}
