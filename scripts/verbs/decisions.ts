import path from 'node:path';
import { mostBytes } from '../base/limits.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { replaceFile } from '../disk/replace.ts';
import { type Json, type JsonObject, isObject, member, parseJson } from '../json/json.ts';
import type { Project } from '../project/openProject.ts';

/** How a difference between two codings was settled. */
export interface Decision {
  readonly table: string;
  /** Identifiers in the two codings; empty if one of them has no such record. */
  readonly first: string;
  readonly second: string;
  /** JSON Pointer of the field; empty if the question is whether there is a record at all. */
  readonly field: string;
  readonly chosen: 'first' | 'second';
  readonly reason: string;
  readonly by: string;
  /** The day, as ISO 8601. */
  readonly date: string;
  /** The source whose codings were compared; older decisions lack it. */
  readonly source?: string | undefined;
  /** The values at that time; undefined for a coding that had none. */
  readonly firstValue?: Json | undefined;
  readonly secondValue?: Json | undefined;
  /** Where the passage begins and ends, in code points, if the question is why it needs no record. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

/**
 * Decisions are in the folder of the second coding, one JSON object on each line. Its name is ignored in a folder of
 * records.
 */
export const decisionsFile = '.decisions.ndjson';

/** The decisions of a second coding, without invalid lines, which an edit by hand can leave. */
export function decisionsIn({ fs }: Pick<Project, 'fs'>, folder: string): readonly Decision[] {
  return textOf(fs, folder)
    .split('\n')
    .flatMap((line) => {
      const parsed = parseJson(line);
      const decision = 'value' in parsed ? toDecision(parsed.value) : undefined;
      return decision === undefined ? [] : [decision];
    });
}

/** Reads a decision; undefined if the value does not have its form. */
function toDecision(value: Json): Decision | undefined {
  if (!isObject(value)) return undefined;
  const texts = ['table', 'first', 'second', 'field', 'reason', 'by', 'date'].map((name) => member(value, name));
  const [table, first, second, field, reason, by, date] = texts.filter((text) => typeof text === 'string');
  const chosen = member(value, 'chosen');
  if (date === undefined || table === undefined || first === undefined || second === undefined) return undefined;
  if (field === undefined || reason === undefined || by === undefined) return undefined;
  if (chosen !== 'first' && chosen !== 'second') return undefined;
  return { table, first, second, field, chosen, reason, by, date, ...detailsOf(value) };
}

/** What only newer decisions have. */
function detailsOf(value: JsonObject): Partial<Decision> {
  const [source, start, end] = ['source', 'start', 'end'].map((name) => member(value, name));
  return {
    source: typeof source === 'string' ? source : undefined,
    firstValue: member(value, 'firstValue'),
    secondValue: member(value, 'secondValue'),
    start: typeof start === 'number' ? start : undefined,
    end: typeof end === 'number' ? end : undefined,
  };
}

function textOf(fs: FileSystem, folder: string): string {
  const at = path.join(folder, decisionsFile);
  return kindAt(fs, at) === undefined ? '' : Buffer.from(fs.read(at, mostBytes) ?? []).toString('utf8');
}

/** Adds decisions to those of a second coding. */
export function keepDecisions({ fs }: Pick<Project, 'fs'>, folder: string, decisions: readonly Decision[]): void {
  if (decisions.length === 0) return;
  const lines = decisions.map((each) => `${JSON.stringify(each)}\n`).join('');
  replaceFile(fs, path.join(folder, decisionsFile), textOf(fs, folder) + lines, { inside: folder });
}
