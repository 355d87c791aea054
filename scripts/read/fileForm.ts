/** The notation of records. */
export type Notation = 'json' | 'json5' | 'yaml';

/** What the name of a file says about it. */
export interface FileForm {
  /** The whole extension, such as `.yaml.gz`. */
  readonly ending: string;
  readonly notation: Notation;
  /** One record in the file, or one on each line. A YAML file can hold several documents, each of them a record. */
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

/** The form of a file by its name; undefined for names that record files do not have. */
export function formOf(name: string): FileForm | undefined {
  // nearly every file
  if (name.endsWith('.json')) return json;
  return forms.find(({ ending }) => name.endsWith(ending));
}

/** Whether a canonical project allows the form: it has one print for each record, so only JSON and NDJSON. */
export function isCanonical({ ending }: FileForm): boolean {
  return ending === '.json' || ending === '.ndjson' || ending === '.jsonl';
}
