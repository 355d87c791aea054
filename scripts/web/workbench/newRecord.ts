import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Failure } from '../../base/problem.ts';
import { type JsonObject, member } from '../../json/json.ts';
import type { Project } from '../../project/openProject.ts';
import { schemaLink } from '../../schema/extensions.ts';
import { type RecordType, tablesNamedWith } from '../../schema/recordTypes.ts';
import { proposeId } from '../../verbs/identifier.ts';
import { referringDrafts } from './draftReferences.ts';
import { newDraft } from './drafts.ts';
import type { DraftContent, RecordContent, RecordMessage } from './messages.ts';
import { namingValues } from './namingValues.ts';
import type { OpenDataset } from './openDataset.ts';
import { textShown } from './sourceMessage.ts';

/** A name for the draft of a record that has no identifier yet. */
export function newDraftName(): string {
  return `${newDraft}${randomUUID()}`;
}

/** A record that has no file and no draft yet, as the page gets it. */
export function unsavedRecord(table: string, value: JsonObject, draftName?: string): RecordMessage {
  return {
    table,
    id: '',
    shown: '',
    digest: undefined,
    draftName: draftName ?? newDraftName(),
    draft: undefined,
    value,
    spans: [],
  };
}

/** The values that a new record starts with. */
export function beginning(project: Project, type: RecordType): JsonObject {
  if (!type.shape.properties.has(schemaLink)) return {};
  const schema = path.join(project.schemaPath, type.file);
  return { [schemaLink]: path.relative(project.folderOf(type.name), schema).split(path.sep).join('/') };
}

/**
 * The identifier of a record without a file: its own, or else one made from its first values. The sources that it cites
 * show its language, if the values do not.
 */
export function identifierOf(
  type: RecordType,
  { value, spans }: RecordContent,
  { project, takenIn, names }: Pick<OpenDataset, 'project' | 'takenIn' | 'names'>,
): string | undefined {
  const own = type.key === undefined ? undefined : member(value, type.key);
  if (typeof own === 'string' || typeof own === 'number') return String(own);
  try {
    const cited = new Set(spans.map(({ source }) => source));
    const texts = (): readonly string[] => Array.from(cited, (source) => textShown(project, source));
    const others = tablesNamedWith(project.types, type.name).map(takenIn);
    return proposeId(type, namingValues(type, value, { project, takenIn, names }), takenIn(type.name), texts, others);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The record with the identifier that it would be saved under. */
export function identified(type: RecordType, value: JsonObject, id: string | undefined): JsonObject {
  if (type.key === undefined || id === undefined || member(value, type.key) !== undefined) return value;
  const isNumber = type.shape.properties.get(type.key)?.shape.types.has('string') === false;
  return { ...value, [type.key]: isNumber ? Number(id) : id };
}

/**
 * A draft with the identifier that other drafts refer to it by: from then on, it no longer follows what is typed. None
 * is given before the record has a name.
 */
export function named(type: RecordType, draft: DraftContent, dataset: OpenDataset): DraftContent {
  if (namingValues(type, draft.value, dataset).length === 0) return draft;
  const id = identifierOf(type, draft, dataset);
  if (id === undefined || referringDrafts(dataset, type.name, id).length === 0) return draft;
  return { ...draft, value: identified(type, draft.value, id) };
}
