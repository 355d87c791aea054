import path from 'node:path';
import { type FileSystem, nodeFileSystem } from '../disk/fileSystem.ts';
import { noDocuments } from '../read/documents.ts';
import { openSources } from '../project/openProject.ts';
import type { Place, SourcesPlace } from '../project/options.ts';
import { type VerifySummary, verifyRelease } from '../verify/verify.ts';
import { type Events, type Tally, tallying } from './events.ts';

/** What to verify, and how strictly. */
export interface VerifySettings {
  /** The folder of the release. */
  readonly release: string | Place;
  /** The folder of the source documents; without one, spans are not compared with their sources. */
  readonly sources?: string | SourcesPlace | undefined;
  /** It is an error if the text of a source document is not available. */
  readonly requireSources?: boolean | undefined;
  /** A file of signers (`allowed_signers` of ssh-keygen), one of whom must have signed the release. */
  readonly signers?: string | undefined;
  /** Warnings count as errors. */
  readonly strict?: boolean | undefined;
  /** The file system that holds the release; that of this computer by default. */
  readonly fs?: FileSystem | undefined;
}

/** What was checked in a release, and how many problems were found. */
export interface Verification extends VerifySummary, Tally {}

/**
 * Checks a release, using only its folder: digests, types, keys and constraints, the formats against each other,
 * evidence against the sources.
 * @throws Failure if the folder is not a release; the signal's reason if it is cancelled
 */
export async function verify(settings: VerifySettings, events: Events = {}): Promise<Verification> {
  const { fs = nodeFileSystem(), requireSources = false, strict = false } = settings;
  const release = toPlace(settings.release);
  const { report, tally } = tallying(events, strict);
  const summary = await verifyRelease(fs, release.path, {
    shown: release.shown,
    documents: settings.sources === undefined ? noDocuments : openSources(fs, toSources(settings.sources)),
    requireSources,
    signers: settings.signers === undefined ? undefined : path.resolve(settings.signers),
    report,
    signal: events.signal,
  });
  return { ...summary, ...tally() };
}

function toPlace(given: string | Place): Place {
  return typeof given === 'string' ? { path: path.resolve(given), shown: given } : given;
}

function toSources(given: string | SourcesPlace): SourcesPlace {
  return typeof given === 'string' ? { ...toPlace(given), named: true } : given;
}
