/**
 * The toolkit as a library. Its functions print nothing and never end the process: problems and progress are events,
 * results are plain values, and an `AbortSignal` cancels.
 * @packageDocumentation
 */
export { type CommandHint, Failure, type Hint, type Problem, type Rule, type Severity } from './base/problem.ts';
export { type OptionName, type Sentence, worded } from './base/sentence.ts';
export type { TableConfig } from './project/config.ts';
export { type OpenSettings, type OpenedProject, openProjectIn as openProject } from './project/configured.ts';
export type { Project, ProjectSettings } from './project/openProject.ts';
export type { Place, SourcesPlace } from './project/options.ts';
export { type Build, type Published, build } from './verbs/build.ts';
export type { Events, Progress, Tally } from './verbs/events.ts';
export { type Release, release } from './verbs/release.ts';
export { type Reproduction, type ReproduceSettings, reproduce } from './verbs/reproduce.ts';
export { type Staged, type StagedEvents, staged } from './verbs/staged.ts';
export { type ValidateSettings, type Validation, validate } from './verbs/validate.ts';
export { type Verification, type VerifySettings, verify } from './verbs/verify.ts';
export { type Agreement, type AgreementOptions, agreement } from './verbs/agreement.ts';
export { type AddOptions, type Added, addRecords } from './verbs/addRecords.ts';
export { type CiteOptions, type Cited, type CitedRecord, cite, citeAll } from './verbs/cite.ts';
export { type FindOptions, type Finding, type Found, find } from './verbs/find.ts';
export type { Quote, Refusal } from './verbs/quotes.ts';
export { type SetField, type SetOptions, type SetRecord, setValues } from './verbs/setValues.ts';
export { type UnciteOptions, type Uncited, uncite } from './verbs/uncite.ts';
export { type RenameOptions, type Renamed, rename } from './verbs/renameRecord.ts';
export { type RemoveOptions, type Removed, remove } from './verbs/removeRecord.ts';
export type { Referrer } from './verbs/referrers.ts';
export { type DiffOptions, diff } from './verbs/diff.ts';
export { type FixEvents, type FixOptions, type Fixed, fix } from './verbs/fix.ts';
export { type HooksOptions, type InstalledHooks, hooks } from './verbs/hooks.ts';
export { type NewRecord, type NewRecordSettings, newRecord } from './verbs/newRecord.ts';
export { type ReanchorOptions, type Reanchored, type SourceRange, type Stuck, reanchor } from './verbs/reanchor.ts';
export { type ChangeReport, type ReportOptions, report } from './verbs/report.ts';
export { type NamedTrace, type TraceAgainstOptions, type TraceOptions, trace, traceAgainst } from './verbs/trace.ts';
