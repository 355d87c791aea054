// Uses the toolkit as a library: checks, builds and verifies the dataset in a folder, and cancels a build.
import { type Problem, Failure, build, openProject, validate, verify } from '../../scripts/index.ts';

/** What the example found in the dataset. */
export interface Found {
  readonly records: number;
  readonly problems: readonly Problem[];
  readonly stages: ReadonlySet<string>;
  readonly tables: readonly string[];
  readonly verified: boolean;
}

/** Checks a dataset and builds it; verifies the build if there is one. */
export async function example(folder: string): Promise<Found> {
  const project = openProject({ folder });
  const problems: Problem[] = [];
  const stages = new Set<string>();
  const events = {
    onProblem: (problem: Problem) => void problems.push(problem),
    onProgress: ({ stage }: { stage: string }) => void stages.add(stage),
  };
  const { records, passed } = await validate(project, {}, events);
  const { published } = passed ? await build(project, events) : { published: undefined };
  const tables = [...(published?.tables.keys() ?? [])];
  if (published === undefined) return { records, problems, stages, tables, verified: false };
  const sources = project.options.sources.path;
  const verification = await verify({ release: published.folder, sources, requireSources: true }, events);
  return { records, problems, stages, tables, verified: verification.passed };
}

/** Why a folder cannot be opened; undefined where it can. */
export function whyNot(folder: string): string | undefined {
  try {
    openProject({ folder });
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}
