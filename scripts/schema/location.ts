/** A JSON Pointer as a URI fragment. */
export function encodeFragment(pointer: string): string {
  // most have nothing to encode
  if (/^[\w/.-]*$/.test(pointer)) return pointer;
  return pointer.split('/').map(encodeURIComponent).join('/');
}

/** The URI of a schema file inside the set. */
export function schemaUri(file: string): string {
  // most are written as they are
  if (/^\w[\w.-]*(?:\/\w[\w.-]*)*$/.test(file)) return `schema:/${file}`;
  return new URL(file.split('/').map(encodeURIComponent).join('/'), 'schema:/').href;
}

/** The location of the schema at a JSON Pointer in a file, as `schema:/file.json#/pointer`. */
export function locationOf(file: string, pointer: string): string {
  return `${schemaUri(file)}#${encodeFragment(pointer)}`;
}

/** A text without its percent-escapes; undefined if they are not valid UTF-8. */
export function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The URI of the file and the JSON Pointer in it, of a location `schema:/file.json#/pointer`. */
export function partsOfLocation(location: string): readonly [uri: string, pointer: string] {
  const [uri = '', fragment = ''] = location.split('#');
  return [uri, decoded(fragment) ?? fragment];
}

/** A URI without its fragment. */
export function withoutFragment(uri: string): string {
  const hash = uri.indexOf('#');
  return hash < 0 ? uri : uri.slice(0, hash);
}

/** A location and those around it in its file, the innermost first. */
export function* locationsAround(location: string): Generator<string> {
  const root = location.indexOf('#') + 1;
  for (
    let end = location.length;
    end >= root;
    end = end === root ? -1 : Math.max(location.lastIndexOf('/', end - 1), root)
  )
    yield location.slice(0, end);
}

/** A place in a schema file, for messages. */
export function placeOf(shown: string, pointer: string): string {
  return `${shown}: ${pointer === '' ? 'at the root' : `at ${pointer}`}`;
}
