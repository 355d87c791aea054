import { type Trace, traceRecord } from '../evidence/trace.ts';
import type { Project } from '../project/openProject.ts';
import { recordNamed } from '../project/recordFiles.ts';
import { structureOf, walk } from '../schema/walk.ts';

/** The record that `trace` shows. */
export interface TraceOptions {
  /** Its identifier, `table/identifier`, or the path of its file. */
  readonly record: string;
  /** The folder from which a file is named: that of the process by default. */
  readonly from?: string;
}

/** A record's trace, with the record's table and identifier. */
export interface NamedTrace extends Trace {
  readonly name: string;
}

/** The fields of a record, each with its evidence in context. @throws Failure where there is no such record */
export function trace(project: Project, { record, from = '.' }: TraceOptions): NamedTrace {
  const { fs } = project;
  const { name, type, value } = recordNamed(fs, project, from, record);
  const { documentOf, documents } = project.validation;
  return { name, ...traceRecord(value, walk(value, structureOf(type.shape)), documentOf, documents) };
}
