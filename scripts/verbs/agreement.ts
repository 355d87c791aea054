import { type CodedRecord, type TableAgreement, agreementOf } from '../compare/agreement.ts';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { type Json, isObject, member } from '../json/json.ts';
import { type Project, openProject } from '../project/openProject.ts';
import type { Place } from '../project/options.ts';
import { type Coding, codedTwice } from './codedTwice.ts';
import { type Decision, decisionsIn } from './decisions.ts';
import { keyOf } from './referrers.ts';
import { checking } from './validate.ts';
import { type Events, drain, tallying, ticker } from './events.ts';

/** What `agreement` compares. */
export interface AgreementOptions {
  /** The folder of the records of the other coding. The schemas are those of the project. */
  readonly against: Place;
  /** Tables to compare; all by default. */
  readonly tables?: readonly string[];
  /** Sources to compare; by default those that the second coding covers. */
  readonly sources?: readonly string[];
}

/** The agreement of two codings. */
export interface Agreement {
  readonly tables: readonly (TableAgreement & { readonly table: string })[];
  /** The sources whose codings were compared. */
  readonly sources: readonly string[];
  /** Records left out because both codings have the same: the second coding began with copies of them. */
  readonly copied: number;
  /** Fields of these tables and sources that were decided on. The figures are those after the decisions. */
  readonly decisions: number;
  /** Records of either coding that were left out, because they have errors. Withdrawn records are left out too. */
  readonly invalid: number;
}

/** Two codings, and what was found when they were compared. */
export interface ComparedCodings {
  readonly agreement: Agreement;
  /** All valid records of each coding that are not withdrawn. */
  readonly first: Coding;
  readonly second: Coding;
}

/**
 * Compares two independent codings of the same sources, field by field.
 * @throws Failure if a folder or table is missing; the signal's reason if it is cancelled
 */
export async function agreement(project: Project, options: AgreementOptions, events: Events = {}): Promise<Agreement> {
  return (await compareCodings(project, options, events)).agreement;
}

/** The same, with the records. */
export async function compareCodings(
  project: Project,
  { against, tables, sources }: AgreementOptions,
  events: Events = {},
): Promise<ComparedCodings> {
  const unknown = tables?.find((table) => !project.types.some(({ name }) => name === table));
  if (unknown !== undefined) throw new Failure(`there is no table ${quoted(unknown)}`);
  const other = openProject(project.fs, { ...project.options, raw: against });
  if (other.files.length === 0)
    throw new Failure(
      `there is no record in ${against.shown}: it needs a folder for each table, like ${project.rawShown}`,
    );
  const [a, b] = [await codingOf(project, events), await codingOf(other, events)];
  const counted = codedTwice(project, a.records, b.records, sources);
  const compared = agreementOf(
    project.types.map(({ name, shape }) => ({
      table: name,
      shape,
      a: counted.a.get(name) ?? [],
      b: counted.b.get(name) ?? [],
    })),
  );
  const found = {
    tables: compared.filter(({ table }) => tables === undefined || tables.includes(table)),
    sources: counted.sources,
    copied: counted.copied,
    decisions: decided(decisionsIn(project, against.path), tables, counted.sources),
    invalid: a.invalid + b.invalid,
  };
  return { agreement: found, first: a.records, second: b.records };
}

/** How many fields were decided on, of these tables and sources: a decision can be changed by a later one. */
function decided(
  decisions: readonly Decision[],
  tables: readonly string[] | undefined,
  sources: readonly string[],
): number {
  const own = decisions.filter(
    ({ table, source }) =>
      (tables === undefined || tables.includes(table)) && (source === undefined || sources.includes(source)),
  );
  return new Set(
    own.map(({ table, first, second, field, start, end }) => JSON.stringify([table, first, second, field, start, end])),
  ).size;
}

async function codingOf(
  project: Project,
  events: Events,
): Promise<{ readonly records: Coding; readonly invalid: number }> {
  const { report } = tallying(events, false);
  const records = new Map<string, CodedRecord[]>(project.types.map(({ name }) => [name, []]));
  let valid = 0;
  const order = project.types.map(({ name }) => name);
  const run = checking(project.records(ticker('agreement', events), order), { ...project.validation, report });
  function* keep(): Generator<undefined> {
    for (const record of run.records) {
      yield undefined;
      if (record === undefined) continue;
      const { type, value, file } = record;
      valid++;
      if (type.withdrawal === undefined || memberOf(value, type.withdrawal) === undefined)
        records.get(type.name)?.push({ id: keyOf(type, value) ?? file.name, value });
    }
  }
  await drain(keep(), events);
  return { records, invalid: run.summary().records - valid };
}

function memberOf(value: Json, key: string): Json | undefined {
  return isObject(value) ? member(value, key) : undefined;
}
