import path from 'node:path';
import { count, list, printable } from '../../base/text.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import { codeName } from '../../json/json.ts';
import { type Position, placeJson, positionAt } from '../../json/positions.ts';
import { openProject } from '../../project/openProject.ts';
import type { Left } from '../../schema/skeleton.ts';
import { identifierRule } from '../../verbs/identifier.ts';
import { type NewRecord, newRecord } from '../../verbs/newRecord.ts';
import type { Command } from '../command.ts';
import { type Operand, flags, formatFlag, listFlag, operandOf, switchFlag, textFlag } from '../flags.ts';
import { projectFlagsWith, projectOptions } from '../options.ts';
import { hintSentence, printedHint, withHint } from '../reporters/hint.ts';

const table = { name: 'table', description: 'the table that the record belongs to' } as const satisfies Operand;

const own = {
  source: { name: 'source', value: 'ID', description: 'the source that its first span of evidence is from' },
  set: {
    name: 'set',
    value: 'PATH=VALUE',
    description: 'a value, at a path with dots or a JSON Pointer (stops.0.name, /stops/0/name); can be repeated',
    many: true,
  },
  id: { name: 'id', value: 'ID', description: `the record’s identifier; ${identifierRule}` },
  file: {
    name: 'file',
    value: 'FILE',
    description:
      'a document to add: copied into the folder of source documents under the record’s identifier, with ' +
      'its digest written into the record',
  },
  anyway: { name: 'anyway', description: 'write it even if it looks like an existing record' },
  url: { name: 'url', value: 'URL', description: 'where the document is published, for the field that holds a URI' },
  format: formatFlag(['text', 'json']),
} as const;

/** `new`: writes the skeleton of a record from its schema, and lists what is left to fill in. */
export function newCommand(fs: FileSystem): Command {
  return {
    name: 'new',
    summary:
      'Writes a new record in canonical form, with the fields that its schema requires and the values that ' +
      'are set. Lists the fields that are left to fill in: until then, validate reports them as errors. A reference ' +
      'to a record that does not exist is written too; the exit status is then 1.',
    operands: [table],
    flags: [own.source, own.set, own.id, own.file, own.url, own.anyway, ...projectFlagsWith(own.format)],
    run(given, terminal) {
      const project = openProject(fs, projectOptions(fs, given, terminal));
      const file = textFlag(given, own.file);
      const drafted = newRecord(project, operandOf(given, table), {
        set: listFlag(given, own.set),
        id: textFlag(given, own.id),
        source: textFlag(given, own.source),
        file: file === undefined ? undefined : path.resolve(terminal.cwd, file),
        url: textFlag(given, own.url),
        anyway: switchFlag(given, own.anyway),
      });
      terminal.out(textFlag(given, own.format) === 'json' ? printJson(drafted) : printText(drafted));
      if (!switchFlag(given, flags.quiet)) {
        const open = drafted.left.length + drafted.further.length + drafted.unresolved.length;
        const left = open === 0 ? 'nothing' : count(open, 'field');
        terminal.err(
          `new: ${left} left to fill in${printable(drafted.next.map((hint) => `; ${hintSentence(hint)}`).join(''))}\n`,
        );
      }
      return drafted.unresolved.length > 0 ? 1 : 0;
    },
  };
}

/** How many codes of a field are listed. */
const mostCodes = 40;

function printText({ shown, text, left, further, unresolved }: NewRecord): string {
  const spot = placesIn(text);
  const at = (pointer: string): string => {
    const { line, column } = spot(pointer);
    return `${shown}:${line}:${column} ${pointer}`;
  };
  const lines = [
    shown,
    ...left.flatMap((field) => [`${at(field.pointer)}  ${describe(field)}`, ...codeLines(field)]),
    ...[...further, ...unresolved].map(({ pointer, message, hint }) => `${at(pointer)}  ${withHint(message, hint)}`),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

/** The line and column of the value at a pointer, or of the nearest thing above it. */
function placesIn(text: string): (pointer: string) => Position {
  const placed = placeJson(text);
  return (pointer) => positionAt(text, 'offsetOf' in placed ? placed.offsetOf(pointer) : 0);
}

function describe({ shape: { title, description, references } }: Left): string {
  const words = [title, description].filter((text) => text !== undefined).join(': ');
  return references.length === 0 ? words : `${words} (the id of a record in ${list(references, 'or')})`;
}

function codeLines({ shape: { codes = [] } }: Left): readonly string[] {
  const lines = codes
    .slice(0, mostCodes)
    .map(({ code, description }) => `    ${codeName(code)}${description === undefined ? '' : `: ${description}`}`);
  return codes.length > mostCodes ? [...lines, `    … and ${codes.length - mostCodes} more`] : lines;
}

function printJson({ shown, text, left, further, unresolved }: NewRecord): string {
  const spot = placesIn(text);
  const fields = left.map(({ pointer, shape: { title, description, codes, references } }) => ({
    pointer,
    ...spot(pointer),
    title: title ?? null,
    description: description ?? null,
    codes: codes?.map(({ code, description: meaning }) => ({ code, description: meaning ?? null })) ?? null,
    references,
  }));
  const problems = [...further, ...unresolved].map(({ pointer, message, hint }) => ({
    pointer,
    ...spot(pointer),
    message,
    ...printedHint(hint),
  }));
  return `${printable(JSON.stringify({ file: shown, left: fields, problems }))}\n`;
}
