/** Where the toolkit differs from the official test suite of JSON Schema: by draft, then by reason. */
type Disagreements = Readonly<Record<string, readonly RegExp[]>>;

/** For every draft: in a project the rule `key` rejects a member with this name, whatever the schema says. */
const always: Disagreements = {
  'The rule "key" refuses __proto__ before any schema is asked.': [
    /^properties\.json ACCEPTED properties whose names are Javascript .+: __proto__ not valid$/,
  ],
};

/**
 * Up to draft-07, the standard ignores keywords next to a $ref. Authors expect them to apply, and ajv applies them.
 */
const siblings: Disagreements = {
  'What stands beside a $ref counts.': [
    /^ref\.json refused ref overrides any sibling keywords: ref valid, maxItems ignored$/,
  ],
};

const recent: Disagreements = {
  ...always,
  'ajv checks with all vocabularies, whatever the meta-schema says.': [/^vocabulary\.json refused .+ no validation: /],
};

export const disagreements: Readonly<Record<string, Disagreements>> = {
  'draft2020-12': {
    ...recent,
    'A format is checked.': [/^format\.json refused .+ is only an annotation by default$/],
    'ajv finds a dynamic anchor only where a file has it once, and a dynamic reference only by its anchor.': [
      /^dynamicRef\.json refused .+(?:resolves to more than one schema|only supports hash fragment reference)/,
      /^dynamicRef\.json refused .+: correct extended schema$/,
      /^unevaluated(?:Items|Properties)\.json refused .+ with \$dynamicRef: /,
    ],
  },
  'draft2019-09': recent,
  draft7: { ...always, ...siblings },
  draft6: { ...always, ...siblings },
  draft4: {
    ...always,
    ...siblings,
    'A file that names no draft is not taken for one of draft-04.': [
      /^refRemote\.json refused Location-independent identifier in remote ref: /,
    ],
  },
};

/** Differences in copies of the test suite that are newer than the pinned one: they may be missing. */
export const ofNewerCopies: Disagreements = {
  'ajv loses the dynamic scope of a schema of which only a part is used.': [
    /^dynamicRef\.json ACCEPTED \$dynamicRef avoids the root .+: data is not sufficient for schema at second/,
  ],
};
