import { isOutsideYears } from '../../base/dateTime.ts';
import { dateHint } from '../../base/edtfHint.ts';
import { quoted } from '../../base/text.ts';
import type { Json } from '../../json/json.ts';
import { isUri } from '../ajv/uris.ts';
import { formatNames } from '../ajv/formats.ts';
import type { Fault } from '../../base/problem.ts';
import type { ValidateOptions } from '../context.ts';
import { book, bookFile } from './example.ts';
import { type Explain, type KeywordRule, emptyHint, shown } from './failedKeyword.ts';
import type { RuleDefinition } from './rule.ts';

const explain: Explain = ({ pointer, value, params, shape }) => {
  const wanted = String(params['format']);
  return {
    message: `${shown(value)} is not ${formatNames[wanted] ?? `in the format ${wanted}`}`,
    pointer,
    hint: value === '' ? emptyHint(shape, pointer) : formatHint(value, wanted),
  };
};

function formatHint(value: Json, format: string): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (format === 'json-pointer' && !value.startsWith('/')) return `write ${quoted(`/${value.replaceAll('.', '/')}`)}`;
  if (format === 'uri') return addressHint(value);
  if ((format === 'date' || format === 'date-time') && isOutsideYears(value))
    return 'columns hold the years 0001 to 9999, in UTC';
  return format === 'edtf' || format === 'date' ? dateHint(value, format) : undefined;
}

/** The ends of names of files, which look like those of hosts. */
const fileEnd =
  /^[^/]*\.(?:jpe?g|png|gif|webp|svg|tiff?|bmp|pdf|txt|md|html?|xml|csv|json|docx?|xlsx?|mp[34]|wav|zip)$/i;

/** How to write an address that has no scheme, or spaces. A name of a file is no address. */
function addressHint(value: string): string | undefined {
  if (/\S\s+\S/.test(value)) return 'an address has no spaces: they are written as "%20"';
  const isHost = /^(?:www\.|[\w-]+(?:\.[\w-]+)+(?:[/:?#]|$))/.test(value) && !fileEnd.test(value);
  return isHost && isUri(`https://${value}`) ? `write ${quoted(`https://${value}`)}` : undefined;
}

/** In other people's records a failed format is only a warning: published data fails `uri` by the dozen. */
export function soften(fault: Fault, layout: ValidateOptions['layout']): Fault {
  return fault.rule === 'format' && layout === 'any' ? { ...fault, severity: 'warning' } : fault;
}

export const rule = {
  name: 'format',
  phase: 'record',
  severity: 'error',
  description:
    'A text has the `format` that its schema requires: a date of the calendar, an EDTF date, a URI, a JSON ' +
    'Pointer. With the layout `any` it is a warning: published data often fails it.',
  bad: { files: { [bookFile]: book({ published: '2022-02-30' }) }, at: `${bookFile}:4:16` },
  good: { [bookFile]: book({ published: '2022-02-28' }) },
  keywords: ['format'],
  explain,
} as const satisfies RuleDefinition & KeywordRule;
