import { type JsonObject, isArray, isObject } from '../../json/json.ts';
import { sourceTables } from '../../project/recordIndex.ts';
import { type RecordType, spansOf } from '../../schema/recordTypes.ts';
import { keyOf, placesOf } from '../../verbs/referrers.ts';
import { withKey, withText } from '../../verbs/renameRecord.ts';
import { type Drafts, draftSummaries } from './drafts.ts';
import type { ReferrerMessage } from './removalMessages.ts';
import type { OpenDataset } from './openDataset.ts';
import { keptContent } from './request.ts';

/** A draft, and where it refers to a record. */
interface Referring {
  readonly type: RecordType;
  readonly draftName: string;
  readonly label: string;
  /** Pointers into its value. */
  readonly pointers: readonly string[];
  /** Whether it cites the record, a source. */
  readonly isCiting: boolean;
}

/** The drafts of other records that refer to a record. */
function referringTo({ drafts, project }: OpenDataset, table: string, id: string): readonly Referring[] {
  const isSource = sourceTables(project).includes(table);
  return draftSummaries(drafts).flatMap(({ table: of, draftName, label }) => {
    // the schema may no longer have the table
    const type = project.types.find(({ name }) => name === of);
    const content = keptContent(drafts.read(of, draftName));
    if (type === undefined || content === undefined || (of === table && draftName === id)) return [];
    const pointers = placesOf(type, content.value, table, id);
    const isCiting = isSource && content.spans.some(({ source }) => source === id);
    return pointers.length > 0 || isCiting ? [{ type, draftName, label, pointers, isCiting }] : [];
  });
}

/** The pointers in drafts that refer to a record. */
export function referringDrafts(dataset: OpenDataset, table: string, id: string): readonly ReferrerMessage[] {
  return referringTo(dataset, table, id).flatMap(({ type, draftName, label, pointers, isCiting }) =>
    [...pointers, ...(isCiting ? [spansOf(type) ?? ''] : [])].map((pointer) => ({
      table: type.name,
      id: label,
      pointer,
      draftName,
    })),
  );
}

/** A record, and its other identifier. */
interface Renaming {
  readonly table: string;
  readonly id: string;
  readonly to: string;
}

/**
 * After a record got another identifier, changes the references in drafts, and moves its own draft. Returns the number
 * of references in other drafts.
 */
export function followInDrafts(dataset: OpenDataset, renaming: Renaming): number {
  const { drafts, typeOf } = dataset;
  const { table, id, to } = renaming;
  const referring = referringTo(dataset, table, id);
  const isSource = sourceTables(dataset.project).includes(table);
  const follow = (type: RecordType, draft: JsonObject): JsonObject => {
    const named = following(type, draft, renaming);
    return isSource ? citing(named, renaming) : named;
  };
  for (const { type, draftName } of referring)
    changeDraft(drafts, [type.name, draftName], (draft) => follow(type, draft));
  changeDraft(drafts, [table, id], (draft) => follow(typeOf(table), draft), to);
  return referring.reduce((sum, { pointers, isCiting }) => sum + pointers.length + (isCiting ? 1 : 0), 0);
}

/** Changes a draft if there is one; with another name, it moves there. */
export function changeDraft(
  drafts: Drafts,
  [table, name]: readonly [table: string, name: string],
  change: (draft: JsonObject) => JsonObject,
  to = name,
): void {
  const draft = drafts.read(table, name);
  if (!isObject(draft)) return;
  drafts.write(table, to, change(draft));
  if (to !== name) drafts.remove(table, name);
}

/** A draft in which references to a record have its other identifier. */
function following(type: RecordType, draft: JsonObject, { table, id, to }: Renaming): JsonObject {
  const { value } = draft;
  if (!isObject(value)) return draft;
  const named = withText(type, value, placesOf(type, value, table, id), to);
  const isOwn = type.name === table && keyOf(type, value) === id;
  return { ...draft, value: isOwn ? withKey(type, named, to) : named };
}

/** A draft in which the spans of a source have its other identifier. */
function citing(draft: JsonObject, { id, to }: Renaming): JsonObject {
  const { spans } = draft;
  const renamed = (of: JsonObject): JsonObject => (of['source'] === id ? { ...of, source: to } : of);
  return {
    ...renamed(draft),
    spans: isArray(spans) ? spans.map((span) => (isObject(span) ? renamed(span) : span)) : [],
  };
}
