import { below } from '../../json/json.ts';
import { schemaLink } from '../../schema/extensions.ts';
import { recordName } from '../../schema/recordName.ts';
import type { RecordType } from '../../schema/recordTypes.ts';
import type { Property, Shape } from '../../schema/shape.ts';
import type { AskedMessage } from './messages.ts';

/** A field to ask for. */
interface Asked extends Omit<AskedMessage, 'field'> {
  readonly shape: Shape;
}

/** How many objects a field that is asked for can be in. */
const mostObjects = 2;

/**
 * What the dialog for a new source asks for: what the schema requires, the name of the record, its language and date,
 * and the records that it refers to, such as who published it. The page fills in the rest by itself, or leaves it to
 * the form.
 */
export function askedOf(type: RecordType): readonly Asked[] {
  const [label] = recordName(type).pointers;
  const isOther = ({ name, shape }: Property): boolean =>
    name !== type.key && name !== schemaLink && !isOfWorkbench(shape);
  return [...type.shape.properties.values()].filter(isOther).flatMap((property) => {
    const { name, required } = property;
    const found = leavesIn(property.shape, below('', name), required, 0).map((leaf) => withRole(leaf, type, label));
    return required || found.some(({ about }) => about !== undefined) ? found : [];
  });
}

/** Whether the workbench fills in a field itself, or has another dialog for it. */
function isOfWorkbench(shape: Shape): boolean {
  return shape.document || shape.spans || shape.uncoded || shape.review || shape.withdrawal || shape.format === 'uri';
}

/** The required values in a field, and those that refer to records; the field itself if it is one value. */
function leavesIn(shape: Shape, pointer: string, required: boolean, depth: number): readonly Asked[] {
  const list = shape.items;
  if (list !== undefined && !shape.types.has('string')) {
    // one entry says enough here: others are added in the form
    return list.references.length > 0 || list.properties.size > 0
      ? leavesIn(list, below(pointer, 0), required && shape.minItems > 0, depth)
      : [];
  }
  if (shape.properties.size === 0) return isValue(shape) ? [{ pointer, required, about: undefined, shape }] : [];
  if (depth >= mostObjects) return [];
  return [...shape.properties.values()].flatMap((property) => {
    const isAsked = property.required || property.shape.references.length > 0;
    if (!isAsked || isOfWorkbench(property.shape)) return [];
    return leavesIn(property.shape, below(pointer, property.name), required && property.required, depth + 1);
  });
}

/** Whether a field holds one value that a dialog can ask for. */
function isValue({ types, items, members }: Shape): boolean {
  const single = ['string', 'number', 'integer', 'boolean'] as const;
  return items === undefined && members === undefined && single.some((type) => types.has(type));
}

function withRole(leaf: Asked, type: RecordType, label: string | undefined): Asked {
  const { issued, language } = type;
  const { pointer, shape } = leaf;
  if (pointer === issued) return { ...leaf, about: 'day' };
  if (pointer === language) return { ...leaf, about: 'language' };
  if (pointer === label) return { ...leaf, about: 'title' };
  if (shape.references.length > 0) return { ...leaf, about: 'name' };
  return leaf.required && isIdentifier(shape, type) ? { ...leaf, about: 'identifier' } : leaf;
}

/** Whether a text has the pattern of the identifiers of its table: such as a group that begins with a record. */
function isIdentifier({ codes, constraints: { pattern } }: Shape, { key, shape }: RecordType): boolean {
  const own = key === undefined ? undefined : shape.properties.get(key)?.shape.constraints['pattern'];
  return codes === undefined && pattern !== undefined && pattern === own;
}
