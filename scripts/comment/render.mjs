// @ts-check
import { codeSpan } from './codeSpan.mjs';

/**
 * What report.schema.json describes.
 * @typedef {'added' | 'changed' | 'removed' | 'withdrawn'} Change
 * @typedef {{ readonly shown: readonly string[], readonly more: number }} Texts
 * @typedef {{ readonly text: string, readonly evidence?: string, readonly more_spans?: number }} Line
 * @typedef {{
 *   readonly id: string,
 *   readonly change: Change,
 *   readonly unseen?: number,
 *   readonly lines: readonly Line[],
 *   readonly more: number,
 * }} RecordReport
 * @typedef {{
 *   readonly name: string,
 *   readonly counts: readonly { readonly change: Change, readonly records: number }[],
 *   readonly records: readonly RecordReport[],
 * }} TableReport
 * @typedef {{
 *   readonly format: '1',
 *   readonly deleted: number,
 *   readonly unseen: Texts,
 *   readonly bump?: { readonly least: 'major' | 'minor' | 'patch', readonly reasons: Texts },
 *   readonly schema: Texts,
 *   readonly broken?: Texts,
 *   readonly outliers?: Texts,
 *   readonly alike?: Texts,
 *   readonly tables: readonly TableReport[],
 *   readonly more_tables: number,
 * }} Report
 */

/** A comment on GitHub holds at most 65,536 characters; the rest is for the text around the report. */
const mostCharacters = 60_000;
const mostSamples = 3;
const mostSampleLines = 16;
const mostSchemaLines = 16;

/**
 * A report in Markdown, for a comment, the summary of a job, and a terminal: counts, samples, and everything folded if
 * the samples are not all of it. Every text of the report is in a code span, so that none of it is markup. It ends with
 * a newline.
 * @param {Report} report
 * @returns {string}
 */
export function renderReport(report) {
  const open = openParts(report);
  const text = open.join('');
  if (isAllOpen(report) && text.length <= mostCharacters) return text;
  return fitted(open, sectionsOf(report), report.more_tables + recordsLeftOut(report.tables));
}

/**
 * Whether the open parts show every change, so that the fold would only repeat them.
 * @type {(report: Report) => boolean}
 */
function isAllOpen({ schema, tables, more_tables: more }) {
  const isWhole = tables.every(
    ({ counts, records }) =>
      total(counts) <= mostSamples && records.every(({ lines }) => lines.length <= mostSampleLines),
  );
  return isWhole && schema.shown.length <= mostSchemaLines && more + recordsLeftOut(tables) === 0;
}

/**
 * What a reader sees without unfolding anything.
 * @type {(report: Report) => readonly string[]}
 */
function openParts({ deleted, unseen, bump, schema, broken, outliers, alike, tables }) {
  const parts = [
    deleted === 0
      ? ''
      : `> ${count(deleted, 'record')} deleted or renamed. Withdraw a published record in its file instead.\n\n`,
    unseen.shown.length === 0
      ? ''
      : `> Evidence not compared, because the text is not available here: ${listed(unseen)}. ` +
        'If you have the texts, run `make validate`.\n\n',
    headline(schema, tables),
    bump === undefined ? '' : `\nMinimum version bump: **${bump.least}** (${listed(bump.reasons)}).\n`,
    schemaChanges(schema),
    listUnder('References to records that do not exist', broken),
    listUnder('Similar to another record', alike),
    listUnder('Outliers', outliers),
    ...tables.map(sampleOf),
  ];
  return parts.filter((part) => part !== '');
}

/** @type {(heading: string, texts: Texts | undefined) => string} */
function listUnder(heading, texts) {
  return texts === undefined ? '' : `\n### ${heading}\n\n${texts.shown.map(bullet).join('')}${rest(texts.more)}`;
}

/** @type {(schema: Texts) => string} */
function schemaChanges({ shown, more }) {
  if (shown.length === 0) return '';
  const lines = shown.slice(0, mostSchemaLines).map(bullet);
  return `\n### Tables and columns\n\n${lines.join('')}${rest(shown.length - lines.length + more)}`;
}

/** @type {(text: string) => string} */
function bullet(text) {
  return `- ${codeSpan(text)}\n`;
}

/** @type {(schema: Texts, tables: readonly TableReport[]) => string} */
function headline(schema, tables) {
  if (tables.length === 0)
    return `**${schema.shown.length === 0 ? 'No changes in the data' : 'No record changes'}.**\n`;
  const counts = tables.map(
    ({ name, counts: of }) =>
      `${codeSpan(name)}: ${of.map(({ change, records }) => `${count(records, 'record')} ${change}`).join(', ')}`,
  );
  return `**${counts.join('; ')}.**\n`;
}

/** @type {(table: TableReport) => string} */
function sampleOf({ name, counts, records }) {
  const samples = records.slice(0, mostSamples);
  const left = total(counts) - samples.length;
  const more = left > 0 ? `- … and ${count(left, 'more record')} below\n` : '';
  return `\n### ${codeSpan(name)}\n\n${samples.map((record) => sample(record)).join('')}${more}`;
}

/** @type {(record: RecordReport) => string} */
function sample({ id, change, unseen, lines, more }) {
  const shown = lines.slice(0, mostSampleLines);
  const left = lines.length - shown.length + more;
  return `- **${codeSpan(id)}** ${change}${uncheckedNote(unseen)}\n${details(shown)}${rest(left, '  ')}`;
}

/**
 * The note for a record whose evidence could not be compared.
 * @type {(unseen: number | undefined) => string}
 */
function uncheckedNote(unseen) {
  return unseen === undefined ? '' : ' (evidence not compared)';
}

/**
 * Lines of a record. Values with the same evidence are listed below its words.
 * @type {(lines: readonly Line[]) => string}
 */
function details(lines) {
  /** @type {Line[][]} */
  const groups = [];
  for (const line of lines) {
    const same = groups.find(([first]) => line.evidence !== undefined && hasSameEvidence(line, first));
    if (same === undefined) groups.push([line]);
    else same.push(line);
  }
  return groups.map(group).join('');
}

/** @type {(line: Line, other: Line | undefined) => boolean} */
function hasSameEvidence({ evidence, more_spans }, other) {
  return other?.evidence === evidence && other?.more_spans === more_spans;
}

/** @type {(lines: readonly Line[]) => string} */
function group(lines) {
  const [first] = lines;
  if (first === undefined) return '';
  const texts = lines.map(({ text }) => codeSpan(text));
  if (first.evidence === undefined) return `  - ${texts.join('')}\n`;
  const { more_spans: spans = 0 } = first;
  const others = spans === 0 ? '' : ` and ${count(spans, 'more span')}`;
  const evidence = `evidence: ${codeSpan(first.evidence)}${others}`;
  if (texts.length === 1) return `  - ${texts.join('')} — ${evidence}\n`;
  return `  - ${evidence}\n${texts.map((text) => `    - ${text}\n`).join('')}`;
}

/** @type {(left: number, indent?: string) => string} */
function rest(left, indent = '') {
  return left === 0 ? '' : `${indent}- … ${left} more\n`;
}

/** @type {(texts: Texts) => string} */
function listed({ shown, more }) {
  const words = [...shown.map(codeSpan), ...(more === 0 ? [] : [`${more} more`])];
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** @type {(n: number, one: string) => string} */
function count(n, one) {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

/**
 * A part of the fold: its first line, and the same with everything below it.
 * @typedef {{ readonly name: string, readonly whole: string }} Section
 */

/** @type {(report: Report) => readonly Section[]} */
function sectionsOf({ schema, tables }) {
  const changes = schema.shown.length > mostSchemaLines ? schema.shown.map(bullet) : [];
  return [
    ...changes.map((line) => ({ name: line, whole: line })),
    ...tables.flatMap(({ name, records }) => {
      const heading = `\n**${codeSpan(name)}**\n\n`;
      return [{ name: heading, whole: heading }, ...records.map(recordSection)];
    }),
  ];
}

/** @type {(record: RecordReport) => Section} */
function recordSection({ id, change, unseen, lines, more }) {
  const name = `- ${codeSpan(id)} ${change}${uncheckedNote(unseen)}\n`;
  return { name, whole: `${name}${details(lines)}${rest(more, '  ')}` };
}

/** @type {(tables: readonly TableReport[]) => number} */
function recordsLeftOut(tables) {
  return tables.reduce((sum, { counts, records }) => sum + Math.max(0, total(counts) - records.length), 0);
}

/** @type {(counts: TableReport['counts']) => number} */
function total(counts) {
  return counts.reduce((sum, { records }) => sum + records, 0);
}

const opening = '\n<details>\n<summary>Every change</summary>\n\n';
const closing = '\n</details>\n';

/**
 * As much as fits: the open parts, then in the fold the name of every record, then everything below it. What is left
 * out is counted.
 * @type {(open: readonly string[], sections: readonly Section[], unnamed: number) => string}
 */
function fitted(open, sections, unnamed) {
  const room = mostCharacters - opening.length - closing.length - 200;
  const parts = fitting(open, room);
  const text = parts.join('');
  const names = sections.map(({ name }) => name);
  const named = fitting(names, room - text.length);
  const left = open.length - parts.length + sections.length - named.length + unnamed;
  if (sections.length === 0) return `${text}${leftOut(left)}`;
  const { fold, short } = unfolded(sections.slice(0, named.length), room - text.length - named.join('').length);
  return `${text}${opening}${fold.join('')}${leftOut(left + short)}${closing}`;
}

/**
 * Sections with everything below them, as many as fit; the others, which are counted, only with their names.
 * @type {(sections: readonly Section[], room: number) => { readonly fold: readonly string[], readonly short: number }}
 */
function unfolded(sections, room) {
  let left = room;
  let short = 0;
  const fold = sections.map(({ name, whole }) => {
    const more = whole.length - name.length;
    if (more > left) {
      short++;
      return name;
    }
    left -= more;
    return whole;
  });
  return { fold, short };
}

/**
 * The first texts, as many as fit.
 * @type {(texts: readonly string[], room: number) => readonly string[]}
 */
function fitting(texts, room) {
  let used = 0;
  const end = texts.findIndex((text) => (used += text.length) > room);
  return end === -1 ? texts : texts.slice(0, end);
}

/** @type {(parts: number) => string} */
function leftOut(parts) {
  if (parts === 0) return '';
  return `\n… and ${count(parts, 'part')} more than a comment holds; \`npx demarche diff\` shows everything.\n`;
}
