import type { TableConfig } from './config.ts';

/** A folder, and how to show it to the user. */
export interface Place {
  /** Absolute path. */
  readonly path: string;
  readonly shown: string;
  /** Its target, if it is a link out of the repository and no flag named it: nothing is written there. */
  readonly leadsOutTo?: string;
}

/** The folder of source documents; `named` if the user or the configuration names it. */
export interface SourcesPlace extends Place {
  readonly named: boolean;
}

/**
 * Everything that decides how a project is read. The command line takes it from demarche.config.json and from flags.
 */
export interface ProjectOptions {
  readonly schema: Place;
  readonly raw: Place;
  readonly dist: Place;
  readonly sources: SourcesPlace;
  /** The file that these options were read from; undefined if there is none. */
  readonly config: Place | undefined;
  /** Empty if the tables follow from the folders and schemas. */
  readonly tables: readonly TableConfig[];
  /** The field that identifies the records of a table, by table; null says that there is none. */
  readonly keys: ReadonlyMap<string, string | null>;
  /** Schema files for URIs on the web to which schemas refer. */
  readonly refs: ReadonlyMap<string, string>;
  readonly layout: 'canonical' | 'any';
  /** Warnings count as errors. */
  readonly strict: boolean;
  /** It is an error if the text of a source document is not available. */
  readonly requireSources: boolean;
}
