import { printCanonical } from '../json/canonical.ts';
import { type Json, isObject, parseJson } from '../json/json.ts';
import type { Problem } from '../problem.ts';
import type { FileSystem } from '../read/fileSystem.ts';
import { type RecordFile, readRecords } from '../read/records.ts';
import type { RecordType } from '../schema/tables.ts';
import { count } from '../text.ts';
import { completeSpans } from '../validate/completeSpans.ts';
import { depthOffset, hiddenFaults } from '../validate/explain.ts';
import { mostBytes, mostDepth } from '../validate/limits.ts';
import { structureOf, walk } from '../validate/structure.ts';
import type { Command } from './command.ts';
import { flags, switchFlag } from './flags.ts';
import { type Project, openProject } from './project.ts';

const check = { name: 'check', description: 'write nothing; exit 1 if a file would be written' } as const;

/** `fix`: writes every record as `validate` wants it laid out, and fills in what its spans lack. */
export function fixCommand(fs: FileSystem): Command {
  return {
    name: 'fix',
    summary: 'Rewrites records in canonical form, and completes spans of evidence where the source is at hand.',
    flags: [flags.raw, flags.schema, flags.sources, flags.key, flags.table, check, flags.quiet],
    run(given, terminal) {
      const project = openProject(fs, given, terminal);
      const dry = switchFlag(given, check);
      let changed = 0;
      let left = 0;
      for (const file of project.files) {
        const fixed = fixFile(fs, file, project);
        if (fixed === refused) left++;
        else if (fixed !== undefined) {
          changed++;
          if (!dry) replaceFile(fs, file.path, fixed);
          terminal.out(`${dry ? 'would rewrite' : 'rewrote'} ${file.shown}\n`);
        }
      }
      if (!switchFlag(given, flags.quiet)) {
        const notes =
          left === 0
            ? ''
            : `; ${count(left, 'file')} left as they are, because a rewrite could lose data: see validate`;
        terminal.err(
          `fix: ${count(project.files.length, 'file')}, ${changed} ${dry ? 'to rewrite' : 'rewritten'}${notes}\n`,
        );
      }
      return dry && changed > 0 ? 1 : 0;
    },
  };
}

/** A half-written record would be lost work: the new text takes the old one's place in one step. */
function replaceFile(fs: FileSystem, path: string, text: string): void {
  const target = fs.realPath(path);
  const beside = `${target}.fixed`;
  fs.write(beside, text);
  fs.rename(beside, target);
}

/** The file's proper text cannot be told without losing something. */
const refused = Symbol('refused');

/** The text that a file should have, undefined where it has it. */
function fixFile(fs: FileSystem, file: RecordFile, project: Project): string | typeof refused | undefined {
  const type = project.types.find((t) => t.name === file.table);
  const texts: { before: string; after: string }[] = [];
  for (const raw of readRecords(fs, file, mostBytes)) {
    const fixed =
      type === undefined || isProblem(raw) || file.select !== undefined
        ? undefined
        : fixText(raw.text, file.holds, type, project);
    if (fixed === undefined || isProblem(raw)) return refused;
    texts.push({ before: raw.text, after: fixed });
  }
  if (texts.every(({ before, after }) => before === after)) return undefined;
  return file.holds === 'record' ? texts[0]?.after : texts.map(({ after }) => `${after}\n`).join('');
}

function isProblem(raw: object): raw is Problem {
  return 'rule' in raw;
}

function fixText(text: string, holds: RecordFile['holds'], type: RecordType, project: Project): string | undefined {
  const parsed = parseJson(text);
  if (!('value' in parsed) || depthOffset(text, mostDepth) !== undefined || hiddenFaults(text).length > 0)
    return undefined;
  const structure = structureOf(type.shape);
  let value: Json = parsed.value;
  if (isObject(value)) {
    const { spans } = walk(value, structure);
    value = completeSpans(value, spans, project.validation.documentOf, project.validation.documents);
  }
  return printCanonical(value, structure, holds === 'record' ? 'file' : 'line');
}
