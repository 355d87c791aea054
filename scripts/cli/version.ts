import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../base/package.ts';
import { type JsonObject, isObject, member, parseJson } from '../json/json.ts';

/** The version of the toolkit. */
export function packageVersion(): string {
  const version = member(manifest(), 'version');
  return typeof version === 'string' ? version : '0.0.0';
}

/** The repository of the toolkit on GitHub, as `owner/name`, if its package.json names one. */
export function packageRepository(): string | undefined {
  return repositoryIn(manifest());
}

/** The `owner/name` of the GitHub repository in a package.json: from a short form of npm, or an address. */
export function repositoryIn(packageJson: JsonObject): string | undefined {
  const repository = member(packageJson, 'repository');
  const named = repository !== undefined && isObject(repository) ? member(repository, 'url') : repository;
  if (typeof named !== 'string') return undefined;
  return /^(?:github:|(?:git\+)?(?:https|ssh):\/\/(?:git@)?github\.com\/)?([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(
    named,
  )?.[1];
}

function manifest(): JsonObject {
  const parsed = parseJson(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  return 'value' in parsed && isObject(parsed.value) ? parsed.value : {};
}
