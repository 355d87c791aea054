import type { Compilation } from '../../compile/compile.ts';
import type { FileSystem } from '../../disk/fileSystem.ts';
import type { RunSpark } from '../../engine/spark/runSpark.ts';
import type { Project } from '../../project/openProject.ts';
import type { Events } from '../events.ts';
import type { PartSize } from './parts.ts';

/** How a build uses Spark. */
export interface SparkSettings {
  readonly run: RunSpark;
  readonly partSize?: PartSize;
  /** A table with more bytes of rows than this, as JSON, becomes several Parquet files. */
  readonly bytesOfFile?: number;
  /** A release with more bytes of Parquet than this has no database. */
  readonly mostViewed?: number;
}

/** A running build. */
export interface SparkBuild {
  readonly fs: FileSystem;
  readonly project: Project;
  readonly compilation: Compilation;
  readonly staging: string;
  /** What all machines of Spark read and write, in the staging folder. */
  readonly work: string;
  readonly settings: SparkSettings;
  readonly events: Events;
}
