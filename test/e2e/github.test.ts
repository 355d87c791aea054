import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Report, renderReport } from '../../scripts/comment/render.mjs';
import { dataset, here } from '../support/fixture.ts';
import { outsideCode, render } from '../support/markdown.ts';
import { freshFolder, root, run } from '../support/run.ts';

const folder = path.join(root, '.github');
const read = (file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');
const workflows = fs.readdirSync(path.join(folder, 'workflows'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly if?: string;
  readonly uses?: string;
  readonly 'timeout-minutes': number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const empty: Report = {
  format: '1',
  deleted: 0,
  unseen: { shown: [], more: 0 },
  schema: { shown: [], more: 0 },
  tables: [],
  more_tables: 0,
};

const workflow = (file: string): Workflow => parse(read(`workflows/${file}`)) as Workflow;
const stepsOf = (file: string): readonly Step[] => Object.values(workflow(file).jobs).flatMap((job) => job.steps);

const template = path.join(root, 'scripts/template/github/workflows');

describe.each([
  ...workflows.map((file) => path.join(folder, 'workflows', file)),
  ...fs.readdirSync(template).map((file) => path.join(template, file)),
])('workflow %s', (at) => {
  const { permissions, jobs } = parse(fs.readFileSync(at, 'utf8')) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('limits its permissions and its time', () => {
    expect(permissions).toBeDefined();
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  test('puts no expression into a shell line, and pins each action to a commit', () => {
    for (const step of steps) {
      expect(step.run ?? '').not.toContain('${{');
      expect(step.uses ?? 'x@'.padEnd(42, 'a')).toMatch(/@[0-9a-f]{40}$/);
    }
  });

  test('keeps no credentials for what runs after the checkout', () => {
    const checkouts = steps.filter((step) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
  });
});

describe('the workflow that can write', () => {
  const mayWrite = ({ permissions, jobs }: Workflow): boolean =>
    [permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})].some((each) =>
      Object.values(each).includes('write'),
    );
  const privileged = workflows.filter((file) => mayWrite(workflow(file)));

  test('is the only one besides those that publish, runs after the other, and uses nothing from the pull request', () => {
    expect(privileged).toEqual(['publish.yml', 'release.yml', 'report-comment.yml']);
    expect(workflow('publish.yml').on).toEqual({ push: { tags: ['toolkit-v*'] } });
    expect(Object.keys(workflow('report-comment.yml').on)).toEqual(['workflow_run', 'workflow_call']);
    const steps = stepsOf('report-comment.yml');
    expect(steps.map((step) => step.run).filter((line) => line !== undefined)).toEqual([
      'node scripts/comment/comment.mjs',
    ]);
    expect(steps[0]?.with?.['ref']).toBe('${{ inputs.ref || github.event.repository.default_branch }}');
    expect(read('workflows/report-comment.yml')).not.toMatch(
      /pull_request_target|head_ref|npm |uses: (?!actions\/checkout)/,
    );
  });

  test('for a release: the job that can write runs nothing of the repository, and only on a tag', () => {
    const { on, permissions, jobs } = workflow('release.yml');
    expect(on['push']).toEqual({ tags: ['v[0-9]*'] });
    // each job says what it needs
    expect(permissions).toEqual({});
    for (const [name, { steps, permissions: may = {} }] of Object.entries(jobs)) {
      if (!Object.values(may).includes('write')) continue;
      expect(steps.map((step) => step.run ?? '').join('\n'), name).not.toMatch(/npm|npx|node|demarche|make/);
      expect(
        steps.some((step) => step.uses?.startsWith('actions/checkout@') === true),
        name,
      ).toBe(false);
    }
  });

  test('runs for a report that failed, not for one that a newer run replaces', () => {
    const condition = workflow('report-comment.yml').jobs['comment']?.if ?? '';
    for (const conclusion of ['success', 'failure', 'timed_out']) expect(condition).toContain(`"${conclusion}"`);
    expect(condition).toContain("event == 'pull_request'");
    expect(condition).not.toContain('cancelled');
  });

  test('needs only what it checks out, and no packages', () => {
    const [checkout] = stepsOf('report-comment.yml');
    const at = freshFolder();
    for (const each of String(checkout?.with?.['sparse-checkout']).trim().split('\n'))
      fs.cpSync(path.join(root, each), path.join(at, each), { recursive: true });
    const program = `
      const { reportIn } = await import('./scripts/comment/comment.mjs');
      process.stdout.write(String(reportIn(Buffer.from(process.argv[1])).deleted));`;
    const args = ['--input-type=module', '--eval', program, JSON.stringify(empty)];
    expect(execFileSync(process.execPath, args, { cwd: at, encoding: 'utf8' })).toBe('0');
  });
});

/** The commands and the actions of a workflow, in order. */
const doneBy = (at: string): readonly (string | undefined)[] =>
  Object.values((parse(fs.readFileSync(at, 'utf8')) as Workflow).jobs).flatMap((job) =>
    job.steps.map((step) => step.run ?? step.uses),
  );

describe('the workflows that another repository uses', () => {
  test.each(['validate.yml', 'report.yml', 'release.yml'])(
    '%s can be called, and init writes the same steps',
    (file) => {
      expect(Object.keys(workflow(file).on)).toContain('workflow_call');
      expect(doneBy(path.join(template, file))).toEqual(doneBy(path.join(folder, 'workflows', file)));
    },
  );

  const callers = path.join(root, 'scripts/template/callers');

  test.each(fs.readdirSync(callers))(
    '%s of a few lines calls one, and gives it the permissions that it needs',
    (file) => {
      const text = fs.readFileSync(path.join(callers, file), 'utf8').replaceAll('{{toolkit}}', 'a/b');
      const { on, permissions, jobs } = parse(text.replaceAll('{{ref}}', 'v1')) as Workflow;
      const { uses, permissions: given = {} } = Object.values(jobs)[0] ?? {};
      const called = workflow(file);
      expect(uses).toBe(`a/b/.github/workflows/${file}@v1`);
      expect(text.split('\n').length).toBeLessThan(20);
      expect(permissions).toEqual({});
      const needed = Object.values(called.jobs).flatMap((job) => Object.entries(job.permissions ?? {}));
      // a job that writes what another one reads has the larger of the two
      const most = needed.toSorted(([, a], [, b]) => (a === b ? 0 : a === 'write' ? 1 : -1));
      expect(given).toEqual(Object.fromEntries(most));
      const { workflow_call: _, ...own } = called.on;
      expect(Object.keys(on)).toEqual(Object.keys(own));
    },
  );

  test('the tutorial shows the one of validate', () => {
    const text = fs.readFileSync(path.join(callers, 'validate.yml'), 'utf8').replace(/^#.*\n/, '');
    const shown = text.replaceAll('{{toolkit}}', 'OWNER/demarche').replaceAll('{{ref}}', 'toolkit-v0.1.0');
    expect(fs.readFileSync(path.join(root, 'TUTORIAL.md'), 'utf8')).toContain(`\`\`\`yaml\n${shown}\`\`\``);
  });

  test('the one that can write runs the script of the package, without scripts of other packages', () => {
    const file = path.join(template, 'report-comment.yml');
    const { on, permissions, jobs } = parse(fs.readFileSync(file, 'utf8')) as Workflow;
    expect(Object.keys(on)).toEqual(['workflow_run']);
    expect(permissions).toEqual({});
    expect(jobs['comment']).toMatchObject({
      if: workflow('report-comment.yml').jobs['comment']?.if,
      permissions: workflow('report-comment.yml').jobs['comment']?.permissions,
    });
    expect(doneBy(file).slice(2)).toEqual([
      'npm ci --ignore-scripts',
      'node node_modules/demarche/scripts/comment/comment.mjs',
    ]);
    const [checkout] = jobs['comment']?.steps ?? [];
    expect(checkout?.with?.['ref']).toBe('${{ github.event.repository.default_branch }}');
  });
});

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly {
    readonly type: string;
    readonly id?: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

test.each(['propose-a-record.yml', 'correct-a-record.yml'])('issue form %s is valid', (file) => {
  const form = parse(read(`ISSUE_TEMPLATE/${file}`)) as Form;
  expect([form.name, form.description].every((text) => text.length > 0)).toBe(true);
  const fields = form.body.filter(({ type }) => type !== 'markdown');
  expect(fields.length).toBeGreaterThan(2);
  for (const { type, attributes } of fields) {
    expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
    expect(attributes['label']).toEqual(expect.any(String));
  }
  const ids = fields.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => id !== undefined && /^[\w-]+$/.test(id))).toBe(true);
});

describe('the summary of a job', () => {
  const ships = Object.fromEntries(
    Array.from({ length: 14 }, (_, i) => [
      `raw/ships/s${i}.json`,
      { id: `s${i}`, name: '<img src=x> @ida', more: '`' },
    ]),
  );

  test('has all problems, escaped; there are ten annotations for each rule and a count', async () => {
    const at = dataset(ships);
    const { out, status } = await run(at, 'validate', [...here, '--format', 'github', '--summary', 'summary.md']);
    expect(status).toBe(1);
    expect(out.match(/^::error .*title=unknown-key::/gm)).toHaveLength(10);
    expect(out).toContain(
      '::notice title=unknown-key::4 more problems of the rule unknown-key: see the summary of the job',
    );
    const summary = fs.readFileSync(path.join(at, 'summary.md'), 'utf8');
    expect(summary).toMatch(/^### Data\n\nvalidate: 19 records in 4 tables; /);
    expect(summary).toContain('| unknown-key | 14 |');
    expect(summary.match(/^- `raw\/ships\/s\d+.json:4:3` error unknown-key: `/gm)).toHaveLength(14);
    expect(outsideCode(render(summary))).not.toMatch(/<img|@ida/);
  });

  test('stays below one MiB', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `raw/ships/s${i}.json`,
        {
          id: `s${i}`,
          name: 'x',
          ...Object.fromEntries(Array.from({ length: 400 }, (__, j) => [`unknown-key-that-is-long-${j}`, 1])),
        },
      ]),
    );
    const at = dataset(many);
    await run(at, 'validate', [...here, '--summary', 'summary.md', '--quiet']);
    const summary = fs.readFileSync(path.join(at, 'summary.md'), 'utf8');
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toMatch(/- … and \d+ more\n\n<\/details>\n$/);
  });
});

interface Api {
  readonly get: (at: string) => Promise<unknown>;
  readonly send: (...request: readonly unknown[]) => Promise<void>;
  readonly download: (at: string) => Promise<Buffer>;
}

interface Script {
  readonly fileIn: (archive: Buffer) => Buffer;
  readonly reportIn: (bytes: Buffer) => Report;
  readonly postReport: (run: object, api: Api, repositoryUrl: string) => Promise<string>;
}

const script = (await import(path.join(root, 'scripts/comment/comment.mjs'))) as Script;

/** A ZIP archive: for each file a local header and its bytes, then the central directory. */
function archive(files: Readonly<Record<string, string | Buffer>>, packed = true): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [name, text] of Object.entries(files)) {
    const bytes = packed ? deflateRawSync(text) : Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(packed ? 8 : 0, 4);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const central = Buffer.alloc(46);
    central.write('PK\u0001\u0002', 'latin1');
    common.copy(central, 6);
    central.writeUInt32LE(Buffer.concat(parts).length, 42);
    directory.push(central, Buffer.from(name));
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), bytes);
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(Buffer.concat(parts).length, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

describe('the script that comments', () => {
  const sha = 'a'.repeat(40);
  const head = { id: 11, owner: { login: 'ida' } };
  const event = {
    id: 7,
    conclusion: 'success',
    head_sha: sha,
    head_branch: 'topic&state=closed',
    head_repository: head,
  };
  const pulls = [
    { number: 4, head: { sha: 'b'.repeat(40), repo: head } },
    { number: 5, head: { sha, repo: head } },
    { number: 6, head: { sha, repo: { ...head, id: 12 } } },
    { number: 7, head: { sha, repo: null } },
  ];
  const artifact = { id: 3, name: 'report', size_in_bytes: 500, expired: false };
  const report = { ...empty, unseen: { shown: ['@ida fixes #4'], more: 0 } };
  const packed = archive({ 'report.json': JSON.stringify(report) });
  const about = `\n[Run](https://example.org/x/actions/runs/7) on ${sha}, by the code of this pull request.\n`;

  interface World {
    readonly run?: object;
    readonly found?: readonly object[];
    readonly artifacts?: readonly object[];
    readonly comments?: readonly object[];
    readonly bytes?: Buffer;
  }

  /** Posts a report; returns the requests of the script, what it sends, and what it prints. */
  const post = async ({ run: more, found = pulls, artifacts = [artifact], comments = [], bytes = packed }: World) => {
    const asked: string[] = [];
    const sent: unknown[][] = [];
    const answers: Readonly<Record<string, unknown>> = {
      '/pulls': found,
      '/actions/runs/7/artifacts': { artifacts },
      '/issues/5/comments': comments,
    };
    const said = await script.postReport(
      { ...event, ...more },
      {
        get: (at) => {
          asked.push(at);
          return Promise.resolve(answers[at.split('?')[0] ?? '']);
        },
        send: (...request) => Promise.resolve(void sent.push([...request])),
        download: (at) => (at === '/actions/artifacts/3/zip' ? Promise.resolve(bytes) : Promise.reject(new Error(at))),
      },
      'https://example.org/x',
    );
    const [, , message] = sent[0] ?? [];
    return { said, asked, sent, body: (message as { readonly body: string } | undefined)?.body ?? '' };
  };

  test('comments on the pull request whose head is the commit and the repository of the event', async () => {
    const { said, asked, sent, body } = await post({});
    expect(said).toBe('commented');
    expect(asked[0]).toContain('head=ida%3Atopic%26state%3Dclosed');
    expect(sent).toEqual([['POST', '/issues/5/comments', { body }]]);
    expect(body).toBe(`<!-- report -->\n${renderReport(report)}${about}`);
    expect(body).toContain('`@ida fixes #4`');
  });

  test('updates its own comment, not one that only looks like it', async () => {
    const comments = [
      { id: 1, user: { login: 'mallory', type: 'User' }, body: '<!-- report -->' },
      { id: 2, user: { login: 'github-actions[bot]', type: 'Bot' }, body: 'else' },
      { id: 3, user: null, body: '<!-- report -->' },
      { id: 4, user: { login: 'github-actions[bot]', type: 'Bot' }, body: '<!-- report -->\nold' },
    ];
    const { said, sent, body } = await post({ comments });
    expect(said).toBe('updated the comment');
    expect(sent).toEqual([['PATCH', '/issues/comments/4', { body }]]);
  });

  test.each([
    ['has moved on', [pulls[0]]],
    ['is of another repository', [pulls[2]]],
    ['is one of two with the same head', [pulls[1], pulls[1]]],
  ])('does nothing if the pull request %s', async (_, found) => {
    const { said, sent } = await post({ found: found.flatMap((pull) => pull ?? []) });
    expect(said).toMatch(/^this commit is not the head of exactly one open pull request/);
    expect(sent).toEqual([]);
  });

  const inReport = (text: string): Buffer => archive({ 'report.json': text });
  const named = (name: string): Buffer => archive({ [name]: JSON.stringify(report) });

  test.each<[string, World, string]>([
    ['a run that failed', { run: { conclusion: 'failure' } }, 'the run ended with an error'],
    ['a run that took too long', { run: { conclusion: 'timed_out' } }, 'the run ended with a timeout'],
    ['no artifact', { artifacts: [] }, 'the run has no artifact named report'],
    ['two artifacts', { artifacts: [artifact, artifact] }, 'the run has no artifact named report'],
    ['an expired artifact', { artifacts: [{ ...artifact, expired: true }] }, 'the run has no artifact named report'],
    [
      'a large artifact',
      { artifacts: [{ ...artifact, size_in_bytes: 2 ** 21 }] },
      'the artifact is larger than 1048576 bytes',
    ],
    ['no archive', { bytes: Buffer.from('PK') }, 'the artifact is not a ZIP archive'],
    ['an archive of nothing', { bytes: archive({}) }, 'the archive does not hold report.json and nothing else'],
    ['a path', { bytes: named('../report.json') }, 'the archive does not hold report.json and nothing else'],
    [
      'two files',
      { bytes: archive({ 'report.json': '{}', more: '' }) },
      'the archive does not hold report.json and nothing else',
    ],
    ['a ZIP bomb', { bytes: inReport(' '.repeat(2 ** 24)) }, 'report.json is larger than 1048576 bytes, or damaged'],
    ['no JSON', { bytes: inReport('# @ida') }, 'report.json is not JSON in UTF-8'],
    [
      'no UTF-8',
      { bytes: archive({ 'report.json': Buffer.from([0x22, 0xff, 0x22]) }) },
      'report.json is not JSON in UTF-8',
    ],
    [
      'JSON of great depth',
      { bytes: inReport('['.repeat(2 ** 19) + ']'.repeat(2 ** 19)) },
      'report.json does not conform to its schema: the report is not an object',
    ],
    [
      'other JSON',
      { bytes: inReport('{"@ida":1}') },
      'report.json does not conform to its schema: the report/format is missing',
    ],
  ])('says that there is no report: %s', async (_, world, why) => {
    const comments = [{ id: 4, user: { login: 'github-actions[bot]', type: 'Bot' }, body: '<!-- report -->\nold' }];
    const { said, sent } = await post({ ...world, comments });
    expect(said).toBe('updated the comment');
    const body = `<!-- report -->\n**There is no report on this commit:** ${why}.\n${about}`;
    expect(sent).toEqual([['PATCH', '/issues/comments/4', { body }]]);
  });

  test('fails if GitHub does, and leaves the comment unchanged', async () => {
    await expect(post({ artifacts: [{ ...artifact, id: 8 }] })).rejects.toThrow('/actions/artifacts/8/zip');
  });

  test('reads an archive whether it is compressed or not', () => {
    expect(script.fileIn(archive({ 'report.json': 'Öl' }, true)).toString()).toBe('Öl');
    expect(script.fileIn(archive({ 'report.json': 'Öl' }, false)).toString()).toBe('Öl');
  });

  test('refuses an archive with any damage in words', () => {
    fc.assert(
      fc.property(
        fc.nat(packed.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(packed.length),
        (at, byte, end) => {
          const damaged = Buffer.from(packed.subarray(0, end));
          if (at < damaged.length) damaged[at] = byte;
          expect(outcomeOf(damaged)).toMatch(/^(?:read|the a|report\.json)/);
        },
      ),
    );
  });

  /** `read`, or why not. */
  function outcomeOf(bytes: Buffer): string {
    try {
      script.reportIn(script.fileIn(bytes));
      return 'read';
    } catch (error) {
      return error instanceof RangeError ? `RangeError ${error.message}` : (error as Error).message;
    }
  }
});
