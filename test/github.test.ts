import fs from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dataset, here } from './fixture.ts';
import { outsideCode, render } from './markdown.ts';
import { root, run } from './run.ts';

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
  readonly jobs: Readonly<Record<string, { readonly 'timeout-minutes': number; readonly steps: readonly Step[] }>>;
}

const workflow = (file: string): Workflow => parse(read(`workflows/${file}`)) as Workflow;
const stepsOf = (file: string): readonly Step[] => Object.values(workflow(file).jobs).flatMap((job) => job.steps);

describe.each(workflows)('workflow %s', (file) => {
  test('says what it may do, and how long', () => {
    expect(workflow(file).permissions).toBeDefined();
    for (const job of Object.values(workflow(file).jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  test('puts no expression into a shell line, and pins each action to a commit', () => {
    for (const step of stepsOf(file)) {
      expect(step.run ?? '').not.toContain('${{');
      expect(step.uses ?? 'x@'.padEnd(42, 'a')).toMatch(/@[0-9a-f]{40}$/);
    }
  });

  test('keeps no credentials for what runs after the checkout', () => {
    const checkouts = stepsOf(file).filter((step) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
  });
});

describe('the workflow that can write', () => {
  const privileged = workflows.filter((file) => Object.values(workflow(file).permissions).includes('write'));

  test('is one, runs after the other, and takes nothing of the pull request', () => {
    expect(privileged).toEqual(['report-comment.yml']);
    expect(Object.keys(workflow('report-comment.yml').on)).toEqual(['workflow_run']);
    const steps = stepsOf('report-comment.yml');
    expect(steps.map((step) => step.run).filter((line) => line !== undefined)).toEqual([
      'node .github/scripts/comment.mjs',
    ]);
    expect(steps[0]?.with?.['ref']).toBe('${{ github.event.repository.default_branch }}');
    expect(read('workflows/report-comment.yml')).not.toMatch(/pull_request_target|head_ref|npm /);
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

test.each(['propose-a-record.yml', 'correct-a-record.yml'])('issue form %s is one', (file) => {
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

  test('has all problems, escaped; annotations are ten of a rule and a count', async () => {
    const at = dataset(ships);
    const { out, status } = await run(at, 'validate', [...here, '--format', 'github', '--summary', 'summary.md']);
    expect(status).toBe(1);
    expect(out.match(/^::error .*title=schema::/gm)).toHaveLength(10);
    expect(out).toContain('::notice title=schema::4 more problems of the rule schema: see the summary of the job');
    const summary = fs.readFileSync(path.join(at, 'summary.md'), 'utf8');
    expect(summary).toMatch(/^### Data\n\nvalidate: 19 records in 4 tables; /);
    expect(summary).toContain('| schema | 14 |');
    expect(summary.match(/^- `raw\/ships\/s\d+.json:4:3` error schema: `/gm)).toHaveLength(14);
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

interface Script {
  readonly sanitize: (text: string) => string;
  readonly reportIn: (archive: Buffer) => string;
  readonly postReport: (
    event: object,
    api: (...request: readonly unknown[]) => Promise<unknown>,
    download: (id: number) => Promise<Buffer>,
  ) => Promise<string>;
}

const script = (await import(path.join(folder, 'scripts/comment.mjs'))) as Script;

/** A ZIP archive: for each file a local header and its bytes, then the central directory. */
function archive(files: Readonly<Record<string, string>>, packed = true): Buffer {
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
  const event = {
    id: 7,
    head_sha: sha,
    head_branch: 'topic&state=closed',
    head_repository: { owner: { login: 'ida' } },
  };

  /** An API that answers from a table and notes what it is asked. */
  const fake = (
    answers: Readonly<Record<string, unknown>>,
  ): { readonly asked: unknown[][]; readonly api: Parameters<Script['postReport']>[1] } => {
    const asked: unknown[][] = [];
    return {
      asked,
      api: (...request) => {
        asked.push([...request]);
        const found = Object.entries(answers).find(([start]) =>
          `${String(request[0])} ${String(request[1])}`.startsWith(start),
        );
        return found === undefined
          ? Promise.reject(new Error(`not expected: ${String(request[1])}`))
          : Promise.resolve(found[1]);
      },
    };
  };

  const artifacts = (more: object = {}): object => ({
    artifacts: [{ id: 3, name: 'report', size_in_bytes: 500, expired: false, ...more }],
  });
  const pulls = [
    { number: 4, head: { sha: 'b'.repeat(40) } },
    { number: 5, head: { sha } },
  ];
  const download = (text: string) => (): Promise<Buffer> => Promise.resolve(archive({ 'report.md': text }));

  test('comments on the pull request whose head is the commit of the event', async () => {
    const { api, asked } = fake({
      'GET /pulls?': pulls,
      'GET /actions/runs/7/artifacts': artifacts(),
      'GET /issues/5/comments': [],
      'POST /issues/5/comments': {},
    });
    expect(await script.postReport(event, api, download('for #4: fine'))).toBe('commented');
    expect(String(asked[0]?.[1])).toContain('head=ida%3Atopic%26state%3Dclosed');
    expect(asked.at(-1)).toEqual(['POST', '/issues/5/comments', { body: '<!-- report -->\nfor #4: fine' }]);
  });

  test('updates its own comment, not one that only looks like it', async () => {
    const comments = [
      { id: 1, user: { login: 'mallory', type: 'User' }, body: '<!-- report -->' },
      { id: 2, user: { login: 'github-actions[bot]', type: 'Bot' }, body: 'else' },
      { id: 3, user: { login: 'github-actions[bot]', type: 'Bot' }, body: '<!-- report -->\nold' },
    ];
    const { api, asked } = fake({
      'GET /pulls?': pulls,
      'GET /actions/runs/7/artifacts': artifacts(),
      'GET /issues/5/comments': comments,
      'PATCH /issues/comments/3': {},
    });
    expect(await script.postReport(event, api, download('new'))).toBe('updated the comment');
    expect(asked.at(-1)).toEqual(['PATCH', '/issues/comments/3', { body: '<!-- report -->\nnew' }]);
  });

  test('does nothing where the pull request has moved on', async () => {
    const { api } = fake({ 'GET /pulls?': [pulls[0]] });
    expect(await script.postReport(event, api, download('x'))).toMatch(/it has moved on/);
  });

  test.each([
    ['a large artifact', artifacts({ size_in_bytes: 300_000 }), /larger than 262144 bytes/],
    ['an expired one', artifacts({ expired: true }), /has not left one report/],
    ['none', { artifacts: [] }, /has not left one report/],
  ])('refuses %s', async (_, answer, says) => {
    const { api } = fake({ 'GET /pulls?': pulls, 'GET /actions/runs/7/artifacts': answer });
    await expect(script.postReport(event, api, download('x'))).rejects.toThrow(says);
  });

  test.each([
    ['another file', archive({ '../report.md': 'x' })],
    ['two files', archive({ 'report.md': 'x', 'more.md': 'x' })],
    ['more than a MiB', archive({ 'report.md': 'x'.repeat(2 ** 20 + 1) })],
    ['no archive', Buffer.from('PK')],
  ])('refuses an archive that holds %s', (_, bytes) => {
    expect(() => script.reportIn(bytes)).toThrow(/./);
  });

  test('reads an archive whether it is packed or not', () => {
    expect(script.reportIn(archive({ 'report.md': 'Öl' }, true))).toBe('Öl');
    expect(script.reportIn(archive({ 'report.md': 'Öl' }, false))).toBe('Öl');
  });

  test('takes the power out of a report, and leaves its own folding', () => {
    const text = script.sanitize(
      '<details>\n<summary>Every</summary>\n<img src=x onerror=y><!-- x --> @ida @org/team ![a](https://x.org) www.x.org \u202e\n</details>\n',
    );
    expect(text).toContain('<details>\n<summary>Every</summary>');
    expect(text).not.toMatch(/<img|<!--|@ida|@org|!\[|https:\/\/|www\.x|\u202e/);
    expect(script.sanitize('<details>')).toBe('<details>\n</details>\n');
    expect(Array.from(script.sanitize('ö'.repeat(100_000))).length).toBeLessThan(60_010);
  });
});
