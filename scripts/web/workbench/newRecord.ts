import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Failure } from '../../base/problem.ts';
import { type Json, type JsonObject, absolutePointer, below, isArray, isObject, member } from '../../json/json.ts';
import type { Project } from '../../project/openProject.ts';
import type { RecordFile } from '../../read/records.ts';
import { schemaLink } from '../../schema/extensions.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import type { Shape } from '../../schema/shape.ts';
import { proposeId } from '../../verbs/identifier.ts';
import { textOfSource } from '../../verbs/quotes.ts';
import type { Setting } from '../../verbs/setting.ts';
import { newDraft } from './drafts.ts';
import type { RecordContent, RecordMessage } from './messages.ts';
import type { OpenDataset } from './openDataset.ts';

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

/** The file that a new record would be saved to, so that it can be checked. */
export function placeholderFile(project: Project, type: RecordType, id: string): RecordFile {
  const at = path.join(project.folderOf(type.name), `${id}.json`);
  const name = path.relative(project.rawPath, at).split(path.sep).join('/');
  const shown = path.join(project.rawShown, path.relative(project.rawPath, at));
  const form = { holds: 'record', notation: 'json', packed: false } as const;
  return { table: type.name, path: at, shown, name, stem: id, ...form, select: undefined };
}

/**
 * The identifier of a record without a file: its own, or else one made from its first values. The sources that it cites
 * show its language, if the values do not.
 */
export function identifierOf(
  type: RecordType,
  { value, spans }: RecordContent,
  { project, takenIn }: Pick<OpenDataset, 'project' | 'takenIn'>,
): string | undefined {
  const own = type.key === undefined ? undefined : member(value, type.key);
  if (typeof own === 'string' || typeof own === 'number') return String(own);
  try {
    const cited = new Set(spans.map(({ source }) => source));
    const texts = (): readonly string[] => Array.from(cited, (source) => textOfSource(project, source));
    return proposeId(type, settingsIn(type.shape, value), takenIn(type.name), texts);
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

/** The values of a record from which an identifier is proposed: not how a date was worked out. */
function settingsIn(shape: Shape, value: Json, pointer = ''): readonly Setting[] {
  if (isObject(value)) {
    const properties = [...shape.properties.values()];
    const reasons = new Set(
      properties.map(({ name, shape: { grounds } }) =>
        grounds?.reason === undefined ? undefined : absolutePointer(below(pointer, name), grounds.reason),
      ),
    );
    return properties.flatMap(({ name, shape: inner }) => {
      const [own, at] = [member(value, name), below(pointer, name)];
      return own === undefined || name === schemaLink || reasons.has(at) ? [] : settingsIn(inner, own, at);
    });
  }
  return isArray(value) ? [] : [{ pointer, value, shape }];
}
