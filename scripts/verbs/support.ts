import { type Json, isArray, isObject, member } from '../json/json.ts';

const supports = 'supports';

/** The fields that a span supports, as JSON Pointers. */
export function fieldsOf(span: Json): readonly string[] {
  const fields = isObject(span) ? member(span, supports) : undefined;
  return isArray(fields) ? fields.filter((field) => typeof field === 'string') : [];
}

/** Whether a span supports a field, or something that contains it. */
export function coversField(span: Json, pointer: string): boolean {
  return fieldsOf(span).some((field) => pointer === field || pointer.startsWith(`${field}/`));
}

/**
 * Spans without support for a field and everything below it; spans that support nothing else are removed. If the field
 * is an element of a list, those after it move up.
 */
export function withoutSupport(spans: readonly Json[], pointer: string): readonly Json[] {
  const [, list = '', index = ''] = /^(.*)\/(0|[1-9]\d*)$/s.exec(pointer) ?? [];
  const moved = (field: string): string => {
    const [own = '', ...below] =
      index === '' || !field.startsWith(`${list}/`) ? [] : field.slice(list.length + 1).split('/');
    if (!/^\d+$/.test(own) || Number(own) <= Number(index)) return field;
    return [list, String(Number(own) - 1), ...below].join('/');
  };
  return spans.flatMap((span) => {
    const fields = fieldsOf(span);
    const left = fields.filter((field) => field !== pointer && !field.startsWith(`${pointer}/`)).map(moved);
    if (!isObject(span) || (fields.length > 0 && left.length === 0)) return [];
    return [{ ...span, [supports]: left }];
  });
}
