import path from 'node:path';
import { Failure } from '../base/problem.ts';
import { type FileSystem, kindAt } from '../disk/fileSystem.ts';
import { createFile, refuseLinks, replaceFile } from '../disk/replace.ts';
import { type Json, type JsonObject, isObject, member, parseJson } from '../json/json.ts';
import { takeTurnAt } from '../project/folders.ts';
import type { Project } from '../project/openProject.ts';
import type { Place } from '../project/options.ts';
import { wholeFile } from '../project/recordFiles.ts';

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
  const bytes = bytesIn(fs, path.join(folder, decisionsFile));
  return (bytes?.toString('utf8') ?? '').split('\n').flatMap((line) => {
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

/** The decisions of a second coding, open for more of them. No other command writes there until `end` is called. */
export interface OpenDecisions {
  /** @throws Failure if another program has changed their file meanwhile */
  readonly add: (decisions: readonly Decision[]) => void;
  readonly end: () => void;
}

/** Opens the decisions of a second coding. @throws Failure if they cannot be read, or nothing can be written there */
export function openDecisions({ fs }: Pick<Project, 'fs'>, folder: Place): OpenDecisions {
  const turn = takeTurnAt(fs, { raw: folder });
  const at = path.join(folder.path, decisionsFile);
  try {
    refuseLinks(fs, at, folder.path);
    const before = bytesIn(fs, at);
    return {
      add(decisions) {
        if (decisions.length === 0) return;
        // an edit by hand can leave a last line without its end
        const end = before === undefined || before.length === 0 || before.at(-1) === newline ? '' : '\n';
        const lines = decisions.map((each) => `${JSON.stringify(each)}\n`).join('');
        if (before === undefined) createFile(fs, at, lines, folder.path);
        else replaceFile(fs, at, Buffer.concat([before, Buffer.from(end + lines)]), { inside: folder.path, before });
      },
      end: turn.end,
    };
  } catch (error) {
    turn.end();
    throw error;
  }
}

const newline = 10;

/** The bytes of a file of any size; undefined if there is none. */
function bytesIn(fs: FileSystem, at: string): Buffer | undefined {
  const kind = kindAt(fs, at);
  if (kind !== undefined && kind !== 'file') throw new Failure(`${at} is not a file, and decisions are kept there`);
  return kind === undefined ? undefined : wholeFile(fs, at);
}
