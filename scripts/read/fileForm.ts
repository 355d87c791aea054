/** How records are written down. */
export type Notation = 'json' | 'json5' | 'yaml';

/** What the name of a file says about it. */
export interface FileForm {
  /** All that tells it, such as `.yaml.gz`. */
  readonly ending: string;
  readonly notation: Notation;
  /** One record in the file, or one in each line. A file of YAML can hold several documents, each of them a record. */
  readonly holds: 'record' | 'lines';
  /** Whether it is compressed (gzip, RFC 1952). */
  readonly packed: boolean;
}

const form = (notation: Notation, holds: FileForm['holds'] = 'record'): Omit<FileForm, 'ending' | 'packed'> => ({
  notation,
  holds,
});

const unpacked = {
  '.json': form('json'),
  '.ndjson': form('json', 'lines'),
  '.jsonl': form('json', 'lines'),
  '.geojson': form('json'),
  '.json5': form('json5'),
  '.yaml': form('yaml'),
  '.yml': form('yaml'),
};

const forms: readonly FileForm[] = Object.entries(unpacked).flatMap(([ending, each]) => [
  { ...each, ending, packed: false },
  { ...each, ending: `${ending}.gz`, packed: true },
]);

const [json] = forms;

/** The form of a file by its name; undefined for a name that no file of records has. */
export function formOf(name: string): FileForm | undefined {
  // nearly every file
  if (name.endsWith('.json')) return json;
  return forms.find(({ ending }) => name.endsWith(ending));
}

/** The forms that a canonical project has: each record is printed in one way, which other notations have not. */
export function isCanonical({ ending }: FileForm): boolean {
  return ending === '.json' || ending === '.ndjson' || ending === '.jsonl';
}
