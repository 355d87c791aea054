import { depthOffset } from '../json/depth.ts';
import { type JsonObject, isObject, parseJson, pointerSteps, resolvePointer } from '../json/json.ts';
import { printCanonical } from '../json/canonical.ts';
import type { Fault } from '../base/problem.ts';
import { mostDepth } from '../base/limits.ts';
import { type Incomplete, completeSpans, replaceAt } from '../evidence/complete.ts';
import type { Project } from '../project/openProject.ts';
import type { RecordFile } from '../read/records.ts';
import type { RecordType } from '../schema/recordTypes.ts';
import { fileWithoutDigest, withDigest } from '../schema/extensionValues.ts';
import { structureOf, walk } from '../schema/walk.ts';
import { hiddenFaults } from '../validate/form.ts';

/** The text that a record should have, with the spans that could not be completed; or what a rewrite would lose. */
export function fixText(
  text: string,
  holds: RecordFile['holds'],
  type: RecordType,
  { validation }: Project,
):
  | { readonly text: string; readonly incomplete: readonly Incomplete[] }
  | { readonly lost: readonly Fault[]; readonly text?: never } {
  const parsed = parseJson(text);
  if (!('value' in parsed) || depthOffset(text, mostDepth) !== undefined) return { lost: [] };
  const lost = hiddenFaults(text);
  if (lost.length > 0) return { lost };
  const structure = structureOf(type.shape);
  const layout = holds === 'record' ? 'file' : 'line';
  if (!isObject(parsed.value)) return { text: printCanonical(parsed.value, structure, layout), incomplete: [] };
  const { spans, documents } = walk(parsed.value, structure);
  const described = documents.reduce((record, at) => withDigestAt(record, at, validation), parsed.value);
  const { record, incomplete } = completeSpans(described, spans, validation.documentOf, validation.documents);
  return { text: printCanonical(record, structure, layout), incomplete };
}

/** The record, with the digest added to a document that lacks it, if the document is available. */
function withDigestAt(record: JsonObject, at: string, { documents }: Project['validation']): JsonObject {
  const document = resolvePointer(record, at);
  const file = fileWithoutDigest(document);
  const digest = file === undefined ? undefined : documents(file)?.sha256;
  if (digest === undefined || document === undefined || !isObject(document)) return record;
  return replaceAt(record, pointerSteps(at) ?? [], withDigest(document, digest));
}
