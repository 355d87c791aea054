/**
 * Bounds on the work that one input can cause, in one place. Each is far above what real datasets need, and low enough
 * that a hostile schema or record ends within seconds, with a message.
 */

/** Size of a record file or line, in bytes. */
export const mostBytes = 16 * 1024 * 1024;
/** Size of a compressed file of lines when it is unpacked, in bytes: the whole of it is held in memory. */
export const mostUnpackedBytes = 256 * 1024 * 1024;
/** Size of a file of YAML, in bytes. */
export const mostYamlBytes = 4 * 1024 * 1024;
/** Tokens in a file of YAML: keys, values, signs and line breaks. Its parser takes up to ten microseconds for each. */
export const mostYamlTokens = 200_000;
/** Characters that all aliases of a YAML document print. */
export const mostAliased = 1024 * 1024;
/** Size of a file of JSON5, in bytes. Its parser takes up to two microseconds for each. */
export const mostJson5Bytes = 1024 * 1024;
/** Brackets, braces, commas and colons in a file of JSON5. Its parser takes up to ten microseconds for each. */
export const mostJson5Signs = 200_000;
/** Levels of arrays and objects in a record. */
export const mostDepth = 200;
/** Characters of indentation on a line of YAML: its parser takes memory for each, and calls itself for each level. */
export const mostIndent = 1000;
/** Size of a schema file, in bytes. */
export const mostSchemaBytes = 64 * 1024 * 1024;
/** Levels of arrays and objects in a schema file: enough for the deepest records, few enough for the stack. */
export const mostSchemaDepth = 256;
/** Levels of a record from which a schema is inferred. The schema has up to four levels for each. */
export const mostInferredDepth = 60;
/** `$ref`s that follow each other without a step into the value. Each costs stack in every walk. */
export const mostReferencesInARow = 200;
/** Shapes made from the schemas of one folder. Recursive schemas can combine without end. */
export const mostShapes = 50_000;
/** Columns of one record type, its child tables included. Databases slow down long before. */
export const mostColumns = 10_000;
/** Tables of one record type. */
export const mostTables = 1000;
/** Columns, tables and shapes planned for somebody else's schema, whether records use them or not. */
export const mostColumnsUnused = 2000;
export const mostTablesUnused = 300;
export const mostShapesUnused = 5000;
/** Faults of the schema reported for one record; the last of them says how many are left out. */
export const mostFaults = 1000;
/** Candidates compared for near-name hints in one run: about a second of work. Later faults come without a hint. */
export const mostCompared = 3_000_000;
/** Words in a row that a text with `x-own-words` may share with a source. */
export const mostRepeatedWords = 8;
/** Longest word for which a near name is sought, in UTF-16 units: the time grows with its square. */
export const longestCompared = 200;
/** `$ref`s followed in the check of one record, besides two for each UTF-16 unit of its text. */
export const mostSteps = 200_000;
/**
 * Length up to which a text is matched without a time limit, against a pattern that survived the attacks, in UTF-16
 * units.
 */
export const longestUntimed = 1000;
/**
 * Length of the first attacks on a pattern, in UTF-16 units: if so short a text takes long, the time grows
 * exponentially.
 */
export const shortAttack = 48;
/** Time for all attacks of one length on a pattern, in milliseconds. A harmless pattern needs less than one. */
export const attackTime = 100;
/** Time for the match of one text that needs a time limit, in milliseconds. */
export const matchTime = 250;
/** Time for all slow matches and attacks of a run, in milliseconds; then the run ends. */
export const allMatchTime = 2000;
/** Ways in which a glob may try a path without a time limit: the length of the path to the power of its `*`. */
export const mostGlobSteps = 1_000_000;
/** A match that takes longer than this counts as slow, in milliseconds. */
export const slowMatch = 20;

/** Size of dataset.json and of the configuration, in bytes. */
export const mostConfigBytes = 1024 * 1024;
/** Size of a document or of a text file in a release, in bytes: the whole of it is held in memory. */
export const mostDocumentBytes = 256 * 1024 * 1024;
/** Memory of the process that plans the views, in bytes: DuckDB computes constants while it plans. */
export const mostViewBytes = 768 * 1024 * 1024;
/** Processor time of that process, in seconds. */
export const mostViewSeconds = 10;
/** Time on the clock after which that process counts as hung, in milliseconds. */
export const longestViewWait = 120_000;
/**
 * The same for the process that runs the views of a release again to verify it: bytes, and milliseconds on the clock.
 */
export const mostRerunBytes = 1024 * 1024 * 1024;
export const longestRerun = 10 * 60 * 1000;
/** Time for one query on a release that is verified, in milliseconds. */
export const longestQuery = 10 * 60 * 1000;
/** Time for the slow patterns of a release on all of its texts, in milliseconds. */
export const longestPatternTest = 5000;
/** Problems printed in one run, and annotations on GitHub for one rule. All are counted. */
export const mostPrinted = 1000;
export const mostOfRule = 10;
/** Rows taken from one check; more would say nothing new. */
export const mostCheckRows = 1000;
/** Time for one check over all records, and for writing the rows of one view, in milliseconds. */
export const mostCheckTime = 60_000;
