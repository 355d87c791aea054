import { subschemas } from './keywords.ts';
import { type SchemaFile, encodeFragment, schemaUri } from './schemaSet.ts';

/**
 * The locations that linked `$ref`s lead to, each with those that can be reached from it by further `$ref`s,
 * whatever steps into the instance lie between.
 */
export function reachableTargets(files: readonly SchemaFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const references = files.flatMap(referencesOf);
  const direct = new Map(references.map(({ to }) => [to, new Set<string>()]));
  for (const { above, to } of references) for (const location of above) direct.get(location)?.add(to);
  return new Map([...direct.keys()].map((target) => [target, reach(target, direct)]));
}

interface Reference {
  /** The location of the schema that refers, and of each one around it. */
  readonly above: readonly string[];
  readonly to: string;
}

function referencesOf(file: SchemaFile): readonly Reference[] {
  const found: Reference[] = [];
  for (const { schema, pointer } of subschemas(file.schema)) {
    const to = schema['$ref'];
    if (typeof to !== 'string') continue;
    const steps = encodeFragment(pointer).split('/');
    found.push({ above: steps.map((_, i) => `${schemaUri(file.name)}#${steps.slice(0, i + 1).join('/')}`), to });
  }
  return found;
}

function reach(from: string, direct: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of direct.get(at) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}
