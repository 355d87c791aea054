import fs from 'node:fs';
import path from 'node:path';
import * as command from './commands.ts';
import { runChild } from './child.ts';
import { writeCoded } from './coded.ts';
import { type Holding, writeCorpus } from './corpus.ts';
import { type Measure, type Measured, measureInRounds } from './measure.ts';
import type { Results } from './results.ts';
import type { Corpus } from './written.ts';
import { pythonWithPeers } from './python.ts';
import { type Row, memoryRow, notRunRow, ratioRow, secondsRow, sizeRow, sizesRow, together } from './rows.ts';
import { type Vast, writeFhir, writeOpenApi } from './vast.ts';
import { writeWorks } from './works.ts';

/** How much is measured. */
export interface Extent {
  /** One-record files. */
  readonly files: number;
  /** Records of NDJSON, a decade from one to the next; growth is bounded from the second on. */
  readonly lines: readonly [number, number, number, number];
  /** Records of NDJSON with three lists each, about seven rows a record. */
  readonly works: number;
}

type Report = (line: string) => void;

/** Runs of each measure: more where a run is short, and the noise of starting a process counts. */
const rounds = { files: 5, shipped: 11, lines: 3, works: 3, vast: 3 };

/**
 * Makes the corpora below a folder, and measures.
 * @param report receives each corpus and each run
 */
export function measureAll(folder: string, extent: Extent, report: Report): Results {
  const parts = [
    measureFiles(folder, extent.files, report),
    measureChange(folder, extent.files, report),
    measureOpening(folder, extent.files, report),
    measureShipped(folder, report),
    measureWorks(folder, extent.works, report),
    measureVast(folder, report),
    measureLines(folder, extent.lines, report),
  ];
  return { rows: parts.flatMap((part) => part.rows), measures: parts.flatMap((part) => part.measures) };
}

/** Runs measures and makes rows of what they give; `found` takes the name of a measure. */
function measured(
  measures: readonly Measure[],
  times: number,
  report: Report,
  rows: (found: (name: string) => Measured) => readonly Row[],
): Results {
  const all = measureInRounds(measures, times, report);
  const found = (name: string): Measured => {
    const one = all.find((m) => m.name === name);
    if (one === undefined) throw new Error(`no measure ${name}`);
    return one;
  };
  return { rows: rows(found), measures: all };
}

function corpusIn(folder: string, records: number, holding: Holding, report: Report): Corpus {
  const corpus = writeCorpus(path.join(folder, `${holding}-${records}`), records, holding);
  report(`${count(records)} ${holding}, ${Math.round(corpus.bytes / records)} bytes a record`);
  return corpus;
}

function count(records: number): string {
  return records.toLocaleString('en');
}

function measureFiles(folder: string, records: number, report: Report): Results {
  const corpus = corpusIn(folder, records, 'files', report);
  const dist = path.join(folder, 'dist');
  const what = `${count(records)} files`;
  const name = {
    floor: `read and parse ${what}`,
    validate: `validate ${what}`,
    build: `build ${what}`,
    ajv: `ajv-cli, ${what}`,
    jsonschema: `jsonschema, ${what}`,
  };
  return measured(
    [
      { name: name.floor, commands: [command.readFloor(corpus)] },
      { name: name.validate, commands: [command.validateCorpus(corpus)] },
      { name: name.ajv, commands: [command.ajvOfCorpus(corpus)] },
      { name: name.jsonschema, commands: [command.jsonschemaOfCorpus(corpus)] },
      buildMeasure(name.build, corpus, dist),
    ],
    rounds.files,
    report,
    (found) => {
      const validate = found(name.validate);
      return [
        ratioRow(`validate ${what}, against the floor`, validate, found(name.floor), { most: 2.5 }),
        ratioRow('the same with ajv-cli, against validate', found(name.ajv), validate, { least: 1.5 }),
        ratioRow('the same with jsonschema, against validate', found(name.jsonschema), validate, { least: 1.5 }),
        ratioRow(`build ${what}, against validate`, found(name.build), validate, { most: 6 }),
      ];
    },
  );
}

/** One record changed in a repository of many. */
function measureChange(folder: string, records: number, report: Report): Results {
  const corpus = writeCorpus(path.join(folder, `files-${records}`), records, 'files');
  command.commitCorpus(corpus);
  const of = `one of ${count(records)} records changed`;
  const name = {
    git: `git status, ${of}`,
    changed: `validate --changed, ${of}`,
    staged: `the hook, ${of}`,
    report: `report, ${of}`,
    diff: `diff, ${of}`,
  };
  return measured(
    [
      { name: name.git, commands: [command.gitStatus(corpus)] },
      { name: name.changed, commands: [command.validateChanged(corpus)] },
      { name: name.staged, commands: [command.checkStaged(corpus)] },
      { name: name.report, commands: [command.compareChanged('report', corpus)] },
      { name: name.diff, commands: [command.compareChanged('diff', corpus)] },
    ],
    rounds.files,
    report,
    (found) => [
      secondsRow(name.changed, found(name.changed), 1),
      secondsRow(name.staged, found(name.staged), 1),
      ratioRow('the hook, against `git status`', found(name.staged), found(name.git)),
      secondsRow(name.report, found(name.report), 2),
      secondsRow(name.diff, found(name.diff), 2),
    ],
  );
}

/** From the start of `curate` to the marks of a source, without a browser. */
function measureOpening(folder: string, records: number, report: Report): Results {
  const corpus = writeCoded(path.join(folder, `coded-${records}`), records);
  report(`${count(records)} coded files, ${Math.round(corpus.bytes / records)} bytes a record`);
  const [unknown, known] = ['unknown', 'known'].map((name) => fs.mkdtempSync(path.join(folder, `${name}-`)));
  if (unknown === undefined || known === undefined) throw new Error('no folders');
  // what is known of the records is kept when all have been read once
  runChild(command.openWorkbench(corpus, known, 'all'));
  const of = `open the workbench, ${count(records)} records`;
  const name = { first: `${of}, the first time`, later: `${of}, later` };
  const first: Measure = {
    name: name.first,
    commands: [command.openWorkbench(corpus, unknown, 'marks')],
    tidy: () => removeFolder(path.join(unknown, '.demarche')),
  };
  const later: Measure = { name: name.later, commands: [command.openWorkbench(corpus, known, 'marks')] };
  return measured([first, later], rounds.files, report, (found) => [
    secondsRow(name.first, found(name.first), 1),
    secondsRow(name.later, found(name.later), 1),
  ]);
}

function buildMeasure(name: string, corpus: Corpus, dist: string): Measure {
  return { name, commands: [command.buildCorpus(corpus, dist)], tidy: () => removeFolder(dist) };
}

/** Schemas of others, of which records use a small part. */
function measureVast(folder: string, report: Report): Results {
  const [openApi, fhir] = [writeOpenApi(path.join(folder, 'openapi')), writeFhir(path.join(folder, 'fhir'))];
  const name = { openApi: 'build 6 files of OpenAPI 3.0', fhir: 'build 200 files of FHIR R4' };
  const build = (called: string, vast: Vast): Measure => {
    const dist = path.join(vast.folder, 'dist');
    return { name: called, commands: [command.buildVast(vast, dist)], tidy: () => removeFolder(dist) };
  };
  return measured([build(name.openApi, openApi), build(name.fhir, fhir)], rounds.vast, report, (found) => [
    secondsRow(name.openApi, found(name.openApi), 2),
    memoryRow(`${name.openApi}, peak memory`, found(name.openApi), 250),
    secondsRow(name.fhir, found(name.fhir), 10),
    memoryRow(`${name.fhir}, peak memory`, found(name.fhir), 1000),
  ]);
}

function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}

/** NDJSON with three child tables: what the checks cost, and what the formats do. */
function measureWorks(folder: string, records: number, report: Report): Results {
  const corpus = writeWorks(path.join(folder, `works-${records}`), records);
  report(`${count(records)} works, ${Math.round(corpus.bytes / records)} bytes a record`);
  const peers = pythonWithPeers();
  const [dist, out] = [path.join(folder, 'dist'), path.join(folder, 'out')];
  const what = `${count(records)} lines with three lists`;
  const name = {
    floor: `read and parse ${what}`,
    validate: `validate ${what}`,
    build: `build ${what}`,
    duckdb: `DuckDB alone, ${what}`,
    jsonschemaRs: `jsonschema-rs, ${what}`,
    flatterer: `flatterer, ${what}`,
  };
  let sizes: Sizes | undefined;
  const build: Measure = {
    name: name.build,
    commands: [command.buildCorpus(corpus, dist)],
    tidy() {
      sizes = sizesOf(path.join(dist, 'next')) ?? sizes;
      removeFolder(dist);
    },
  };
  const python: readonly Measure[] =
    'why' in peers
      ? []
      : [
          { name: name.jsonschemaRs, commands: [command.jsonschemaRsOfLines(peers.python, corpus)] },
          {
            name: name.flatterer,
            commands: [command.flattererOfLines(peers.python, corpus, out)],
            tidy: () => removeFolder(out),
          },
        ];
  const measures: readonly Measure[] = [
    { name: name.floor, commands: [command.readFloor(corpus)] },
    { name: name.validate, commands: [command.validateCorpus(corpus)] },
    { name: name.duckdb, commands: [command.duckdbOfLines(corpus, out)], tidy: () => removeFolder(out) },
    ...python,
    build,
  ];
  return measured(measures, rounds.works, report, (found) => {
    const [validate, built] = [found(name.validate), found(name.build)];
    const both = together(`${name.validate}, and DuckDB alone`, [validate, found(name.duckdb)]);
    return [
      ratioRow(`validate ${what}, against reading and parsing`, validate, found(name.floor), { most: 2 }),
      ...('why' in peers
        ? [notRunRow(name.jsonschemaRs, peers.why), notRunRow(name.flatterer, peers.why)]
        : [
            ratioRow('the same with jsonschema-rs, against validate', found(name.jsonschemaRs), validate, { least: 1 }),
            ratioRow(`build ${what}, against flatterer`, built, found(name.flatterer), { most: 2.5 }),
          ]),
      ratioRow(`build ${what}, against validate and DuckDB alone`, built, both, { most: 1.5 }),
      memoryRow(`${name.build}, peak memory`, built),
      memoryRow(`${name.duckdb}, peak memory`, found(name.duckdb)),
      ...(sizes === undefined
        ? []
        : [
            sizeRow('its database, against its Parquet', sizes.database, sizes.parquet, { most: 2.5 }),
            sizesRow('its formats', { CSV: sizes.csv, Parquet: sizes.parquet, DuckDB: sizes.database }),
          ]),
    ];
  });
}

/** Bytes of the formats of a release. */
interface Sizes {
  readonly csv: number;
  readonly parquet: number;
  readonly database: number;
}

/** The sizes of the formats in a release; undefined where there is none. */
function sizesOf(release: string): Sizes | undefined {
  if (!fs.existsSync(release)) return undefined;
  const files = fs.readdirSync(release, { recursive: true, encoding: 'utf8' });
  const sum = (ending: string): number =>
    files
      .filter((file) => file.endsWith(ending))
      .reduce((total, file) => total + fs.statSync(path.join(release, file)).size, 0);
  return { csv: sum('.csv'), parquet: sum('.parquet'), database: sum('.duckdb') };
}

function measureShipped(folder: string, report: Report): Results {
  const what = 'the shipped dataset';
  const name = {
    bare: 'bare node',
    validate: `validate ${what}`,
    ajv: `ajv-cli, ${what}`,
    atOnce: `ajv-cli, ${what} at once`,
    build: `build ${what}`,
  };
  const dist = path.join(folder, 'dist');
  return measured(
    [
      { name: name.bare, commands: [command.bareNode] },
      { name: name.validate, commands: [command.validateShipped] },
      { name: name.ajv, commands: command.ajvOfShipped() },
      { name: name.atOnce, commands: [command.ajvOfShippedAtOnce(folder)] },
      { name: name.build, commands: [command.buildShipped(dist)], tidy: () => removeFolder(dist) },
    ],
    rounds.shipped,
    report,
    (found) => {
      const validate = found(name.validate);
      return [
        ratioRow(`validate ${what}, against bare node`, validate, found(name.bare), { most: 6 }),
        ratioRow(`validate ${what}, against ajv-cli`, validate, found(name.ajv), { most: 1 }),
        ratioRow('the same, against ajv-cli in one process', validate, found(name.atOnce)),
        secondsRow(name.build, found(name.build), 2),
      ];
    },
  );
}

function measureLines(folder: string, sizes: Extent['lines'], report: Report): Results {
  const dist = path.join(folder, 'dist');
  const validate = (records: number): string => `validate ${count(records)} lines`;
  const build = (records: number): string => `build ${count(records)} lines`;
  const measures = sizes.flatMap((records): Measure[] => {
    const corpus = corpusIn(folder, records, 'lines', report);
    return [
      { name: validate(records), commands: [command.validateCorpus(corpus)] },
      buildMeasure(build(records), corpus, dist),
    ];
  });
  return measured(measures, rounds.lines, report, (found) => [
    memoryRow(`build ${count(sizes[3])} NDJSON records, peak memory`, found(build(sizes[3])), 700),
    memoryRow(`build ${count(sizes[2])} NDJSON records, peak memory`, found(build(sizes[2]))),
    ...growthRows('validate', sizes, (records) => found(validate(records))),
    ...growthRows('build', sizes, (records) => found(build(records))),
  ]);
}

/** The time of each decade against that of the one before. Start-up still counts in the first. */
function growthRows(verb: string, sizes: Extent['lines'], found: (records: number) => Measured): readonly Row[] {
  return sizes.slice(1).map((records, i) => {
    const before = sizes[i] ?? 0;
    const bound = i === 0 ? {} : { most: 11.5 };
    return ratioRow(`${verb}, ${count(before)} → ${count(records)} records`, found(records), found(before), bound);
  });
}
