import { type ValueNode, parse } from '@humanwhocodes/momoa';

/** A JSON text as a tree that can be changed: it keeps duplicate keys, and each scalar as it is spelled. */
export type Tree = ObjectTree | ArrayTree | Scalar;
export interface ObjectTree {
  readonly kind: 'object';
  members: { key: string; value: Tree }[];
}
export interface ArrayTree {
  readonly kind: 'array';
  elements: Tree[];
}
export interface Scalar {
  readonly kind: 'scalar';
  spelled: string;
}

/** A scalar of a value. */
export function scalar(value: string | number | boolean | null): Scalar {
  return { kind: 'scalar', spelled: JSON.stringify(value) };
}

/** Parses a JSON text; undefined if it is invalid, or too deeply nested to walk. */
export function parseTree(text: string): Tree | undefined {
  try {
    JSON.parse(text);
    return toTree(parse(text, { mode: 'json', ranges: true }).body, text);
  } catch {
    return undefined;
  }
}

function toTree(node: ValueNode, text: string): Tree {
  if (node.type === 'Array')
    return { kind: 'array', elements: node.elements.map((element) => toTree(element.value, text)) };
  if (node.type !== 'Object')
    return { kind: 'scalar', spelled: text.slice(node.loc.start.offset, node.loc.end.offset) };
  const members = node.members.map(({ name, value }) => ({
    key: name.type === 'String' ? name.value : name.name,
    value: toTree(value, text),
  }));
  return { kind: 'object', members };
}

export function toTreeOf(value: unknown): Tree {
  return parseTree(JSON.stringify(value)) ?? scalar(null);
}

/** The text of a tree, laid out as `fix` would: two spaces and a final newline, or one line without. */
export function printTree(tree: Tree, layout: 'file' | 'line'): string {
  return layout === 'file' ? `${print(tree, '\n')}\n` : print(tree, undefined);
}

function print(tree: Tree, newline: string | undefined): string {
  if (tree.kind === 'scalar') return tree.spelled;
  const inner = newline === undefined ? undefined : `${newline}  `;
  const colon = newline === undefined ? ':' : ': ';
  const [open, close] = tree.kind === 'object' ? ['{', '}'] : ['[', ']'];
  const parts =
    tree.kind === 'object'
      ? tree.members.map(({ key, value }) => JSON.stringify(key) + colon + print(value, inner))
      : tree.elements.map((element) => print(element, inner));
  if (parts.length === 0) return open + close;
  return open + (inner ?? '') + parts.join(`,${inner ?? ''}`) + (newline ?? '') + close;
}

/** A place that holds a tree: reading and replacing it. */
export interface Slot {
  readonly get: () => Tree;
  readonly set: (tree: Tree) => void;
  /** Removes it from its parent; nothing happens at the root. */
  readonly remove: () => void;
}

/** Every place of a tree, from the root on; `root` replaces all of it. */
export function slotsOf(tree: Tree, root: (tree: Tree) => void): Slot[] {
  const slots: Slot[] = [{ get: () => tree, set: root, remove: () => {} }];
  const visit = (at: Tree): void => {
    if (at.kind === 'object') {
      for (const member of at.members) {
        slots.push({
          get: () => member.value,
          set: (value) => void (member.value = value),
          remove: () => void (at.members = at.members.filter((m) => m !== member)),
        });
        visit(member.value);
      }
    }
    if (at.kind === 'array') {
      for (const element of at.elements) {
        let now = element;
        slots.push({
          get: () => now,
          set(value) {
            at.elements = at.elements.map((e) => (e === now ? value : e));
            now = value;
          },
          remove: () => void (at.elements = at.elements.filter((e) => e !== now)),
        });
        visit(element);
      }
    }
  };
  visit(tree);
  return slots;
}

/** Every tree below and including one. */
export function* treesIn(tree: Tree): Generator<Tree> {
  yield tree;
  if (tree.kind === 'object') for (const { value } of tree.members) yield* treesIn(value);
  if (tree.kind === 'array') for (const element of tree.elements) yield* treesIn(element);
}
