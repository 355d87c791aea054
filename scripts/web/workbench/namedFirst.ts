import { didYouMean } from '../../base/suggestions.ts';
import { Failure } from '../../base/problem.ts';
import { list, quoted } from '../../base/text.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import type { Start } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';
import { pendingSources } from './pendingSources.ts';

/**
 * What a name given with the command opens: a source, or a record by its identifier, with its table in front if several
 * tables have it. @throws Failure if there is nothing of that name
 */
export function namedFirst(dataset: OpenDataset, name: string): Pick<Start, 'source' | 'record'> {
  const { project, drafts, names } = dataset;
  const sources = sourceTables(project);
  const tables = project.types.map((type) => type.name);
  const slash = name.indexOf('/');
  const [before, after] = [name.slice(0, Math.max(slash, 0)), name.slice(slash + 1)];
  const among = tables.includes(before) ? [before] : tables;
  const id = tables.includes(before) ? after : name;
  // a large table of other records is not listed to open a source
  const source = among.find((table) => sources.includes(table) && names.has(table, id));
  const pending = pendingSources(project, drafts).get(id)?.table;
  if (source !== undefined || (pending !== undefined && among.includes(pending)))
    return { source: id, record: undefined };
  const found = among.filter((table) => names.has(table, id));
  const [table, ...others] = found;
  if (table === undefined) throw nothingCalled(dataset, name);
  if (others.length === 0) return { source: undefined, record: { table, id } };
  throw new Failure(
    `${list(found)} each have a record called ${quoted(id)}: give one with its table, as ${quoted(`${table}/${id}`)}`,
  );
}

function nothingCalled({ project }: OpenDataset, name: string): Failure {
  const ids = project.files.flatMap(({ holds, stem }) => (holds === 'record' ? [stem] : []));
  const hint = didYouMean(name, ids);
  if (hint !== undefined) return new Failure(`no source or record is called ${quoted(name)} (${hint})`);
  const first = project.files.find(({ table, holds }) => table === name && holds === 'record');
  return first === undefined
    ? new Failure(`no source or record is called ${quoted(name)}: \`npx demarche curate\` lists what there is`)
    : new Failure(`${quoted(name)} is a table: give the identifier of a record, such as ${quoted(first.stem)}`);
}
