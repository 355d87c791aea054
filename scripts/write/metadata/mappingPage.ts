/** MAPPING.md: how to read `mapping.json`. A reader can be written from this page alone. */
export const mappingPage = `# From tables back to records

\`mapping.json\` describes the rows that each record of this release becomes, so that you can turn the rows back into
records, from any of the three formats. \`schema/\` has the JSON Schemas of the records. \`records/<table>.ndjson\` has
the records themselves, one on each line, in the order of the table's rows. A withdrawn record is in none of them.

## What mapping.json holds

\`format\` is 1. \`records\` has an entry for each kind of record:

| key | meaning |
|---|---|
| \`table\` | the table with a row for each record |
| \`file\`, \`schema\` | the file with its records, and the JSON Schema of one record: a URI relative to this folder |
| \`key\` | the columns that hold the record's key |
| \`spans\` | the property, as a JSON Pointer, that holds the record's spans, and the names of a span's seven fields |
| \`left_out\` | properties that are in \`records/\` and in no table |

\`tables\` has an entry for each table of records. A **row** holds one **value**: a record, an element of a list, or a
member of a map.

| key | meaning |
|---|---|
| \`name\`, \`record\` | the table, and the table of the records to which its rows belong |
| \`pointer\` | where its values are in the record: a JSON Pointer (RFC 6901), \`*\` for any index or key |
| \`key\` | the columns of the row's key. In a child table: the key of the row above, then the **step** |
| \`recursive\` | true if values of the table can be inside values of the same table |
| \`rest\` | the column for what other columns and child tables cannot hold, as JSON text |
| \`derived\` | columns that are computed from others, such as the bounds of a date: no record has them |
| \`value\` | the form in which the row holds its value |

A value, and each of its members, is described by these keys. All but \`pointer\` and \`name\` can be missing.

| key | meaning |
|---|---|
| \`pointer\`, \`name\` | where the value is in the record, and the name of the member |
| \`column\`, \`kind\` | the column of the row that holds it, and its form: see below |
| \`list\` | the table with a row for each element of the list; the step is the index, from 0 |
| \`alone\` | true if a single value can be there instead of the list: then there is one row, and its step is -1 |
| \`map\` | the table with a row for each member that \`members\` does not name; the step is its name |
| \`members\` | the members of the object that have names, each described like this |
| \`empty\` | what the value is when nothing of it is written: \`null\`, \`[]\` or \`{}\`. Without it, it is not there |

Kinds: \`text\`, \`integer\`, \`number\`, \`boolean\`; \`date\` is \`YYYY-MM-DD\`; \`timestamp\` is
\`YYYY-MM-DDThh:mm:ss\`, a fraction without zeros at its end where there is one, and \`Z\`; \`json\` is JSON text to be
parsed. In CSV an empty field is NULL and \`""\` is the empty text.

## Read a value

Given its description, its row, and its **rest**, which may be nothing:

1. If the rest is something, and is not an object or the description has no \`members\`, the value is the rest.
2. If the \`column\` is not NULL, the value is what the column holds.
3. If there is a \`list\`, take its rows below this row. Without rows the value is \`empty\`. If \`alone\` and the first
   step is -1, it is the value of that row. Else it is the list of their values.
4. If there are no \`members\`, the value is \`empty\`.
5. It is an object if the rest is one, or \`empty\` is \`{}\`, or a column of it is not NULL, or a list or map of it has
   rows: its own, or those of its members and theirs in turn. Otherwise it is not there.
6. The object has each member whose value is there, with the member of that name in the rest as its rest; then the rows
   of \`map\`, by their steps; then the members of the rest that are not among \`members\`.

The rest of a row is in the column \`rest\`, parsed; NULL is nothing. A row whose value is not there holds \`null\`.

## Find the rows below a row

The columns \`key\` hold the key of a row. The rows below a row are those of the child table whose key is the key of the
row, and one column more. They are in order.

The **path** of a list or map is its \`pointer\` without the \`pointer\` of its table at the front. A **recursive** table
has a JSON Pointer as its last key column, instead of the step. It leads from the value of the row above the outermost
row to the value of the row, so that rows inside rows have the same key except for that pointer. While you go down, keep
two things for each recursive table that you are inside: the key of the row above its outermost row, and the pointer
from there to where you are. Each list or map on the way adds its path, \`/\` and the step to the pointer. The rows
below are those whose key is the key that you kept, and whose pointer is the pointer that you kept, then the path of the
list or map, \`/\`, and one step, with no \`/\` in it. At the outermost row you have kept nothing yet: the key is that of
the row above, and the pointer is empty. In a step in a pointer, \`~1\` is \`/\` and \`~0\` is \`~\`.

## Spans and what is left out

A record with \`spans\` has them in the table \`provenance\`, not in a child table: a row for each field that a span
supports. \`table_name\` and \`record_id\` name the record; without a key, the identifier is \`_file\`, a space and
\`_index\`. Rows with the same \`source_id\`, \`span_start\` and \`span_end\` are one span, in the order of the rows. Its
fields are \`source_id\`, \`span_start\`, \`span_end\`, \`span_sha256\`, \`begins\`, \`ends\`, and the list of \`field\`.

Not kept are the order of an object's members and the spelling of numbers. A table that is not in the release has no
rows.
`;
