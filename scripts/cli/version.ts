import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../base/package.ts';
import { isObject, member, parseJson } from '../json/json.ts';

/** The version of the toolkit. */
export function packageVersion(): string {
  const parsed = parseJson(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  const version = 'value' in parsed && isObject(parsed.value) ? member(parsed.value, 'version') : undefined;
  return typeof version === 'string' ? version : '0.0.0';
}
