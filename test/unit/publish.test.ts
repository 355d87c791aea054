import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { temporaryName } from '../../scripts/disk/owner.ts';
import { settleFiles } from '../../scripts/publish/durable.ts';
import { createStaging, publishNext, publishVersion } from '../../scripts/publish/publish.ts';
import { errorCode, type FileSystem, nodeFileSystem } from '../../scripts/disk/fileSystem.ts';
import { sha256 } from '../support/fixture.ts';
import { freshFolder, writeFiles } from '../support/run.ts';

const files = nodeFileSystem();

/** A staging folder after a build: small, but with the files that publishing reads. */
function stage(dist: string, cell: string, database = 'bytes'): string {
  const staging = createStaging(files, dist);
  const content: Record<string, string> = {
    'csv/a.csv': `x\n${cell}\n`,
    'd.duckdb': database,
    'datapackage.json': JSON.stringify({ created: '2022-02-28T00:00:00Z', commit: 'c0ffee', cell }),
  };
  const sums = Object.entries(content).map(([name, text]) => `${sha256(text)}  ${name}\n`);
  writeFiles(staging, { ...content, SHA256SUMS: sums.join('') });
  return staging;
}

function publish(dist: string, version: string, cell = '1', database?: string): ReturnType<typeof publishVersion> {
  return publishVersion(files, dist, stage(dist, cell, database), version);
}

function versions(dist: string): { version: string; files: { path: string }[] }[] {
  return JSON.parse(fs.readFileSync(path.join(dist, 'versions.json'), 'utf8')) as ReturnType<typeof versions>;
}

test('if links cannot be made, latest is a file that names the version', () => {
  const dist = freshFolder();
  const linkless: FileSystem = {
    ...files,
    link: () => {
      throw Object.assign(new Error('EPERM: operation not permitted, symlink'), { code: 'EPERM' });
    },
  };
  for (const version of ['1.0.0', '1.1.0']) {
    expect(publishVersion(linkless, dist, stage(dist, version), version)).toBe('published');
    expect(fs.readFileSync(path.join(dist, 'latest'), 'utf8')).toBe(`${version}\n`);
  }
  expect(publish(dist, '1.2.0')).toBe('published');
  expect(fs.readlinkSync(path.join(dist, 'latest'))).toBe('1.2.0');
});

describe('a version', () => {
  test('is published once, and the same again counts as the same, even with other bytes in its database', () => {
    const dist = freshFolder();
    expect(publish(dist, '1.0.0')).toBe('published');
    expect(publish(dist, '1.0.0', '1', 'other bytes')).toBe('same');
    expect(fs.readFileSync(path.join(dist, '1.0.0/d.duckdb'), 'utf8')).toBe('bytes');
    expect(fs.readdirSync(dist).toSorted()).toEqual(['1.0.0', 'latest', 'versions.json']);
  });

  test('with other content does not change, and the files that differ are named', () => {
    const dist = freshFolder();
    publish(dist, '1.0.0');
    expect(publish(dist, '1.0.0', '2')).toEqual({ differs: ['csv/a.csv', 'datapackage.json'] });
    expect(fs.readFileSync(path.join(dist, '1.0.0/csv/a.csv'), 'utf8')).toBe('x\n1\n');
  });

  test.each([
    ['a missing file', 'csv/a.csv', (at: string) => fs.rmSync(at)],
    ['no digests', 'SHA256SUMS', (at: string) => fs.rmSync(at)],
    ['digests that are none', 'SHA256SUMS', (at: string) => fs.appendFileSync(at, 'x')],
  ])('that is damaged is reported as damaged: %s', (_, name, damage) => {
    const dist = freshFolder();
    publish(dist, '1.0.0');
    const staging = stage(dist, '1');
    damage(path.join(dist, '1.0.0', name));
    expect(publishVersion(files, dist, staging, '1.0.0')).toEqual({ damaged: [name] });
    expect(() => publish(dist, '1.1.0')).toThrow(/1\.0\.0 is not a complete release/);
  });

  test.each([
    ['a changed file', 'csv/a.csv'],
    ['a changed database', 'd.duckdb'],
    ['a file besides', 'more'],
  ])('with other bytes is reported as damaged: %s', (_, name) => {
    const dist = freshFolder();
    publish(dist, '1.0.0');
    fs.writeFileSync(path.join(dist, '1.0.0', name), 'x\n2\n');
    expect(publish(dist, '1.0.0')).toEqual({ damaged: [name] });
  });

  test.each(['next', '1.0', 'v1.0.0', '1.0.0-next.aaaaaaaaaaaa', '../1.0.0'])('is not called %s', (name) => {
    const dist = freshFolder();
    expect(() => publish(dist, name)).toThrow(/is not a version/);
  });

  test('is listed newest first, and latest is the highest that is not a pre-release', () => {
    const dist = freshFolder();
    for (const version of ['1.0.0', '1.10.0', '2.0.0-rc.1', '1.9.0', '1.10.0-rc.1']) publish(dist, version, version);
    expect(versions(dist).map((v) => v.version)).toEqual(['2.0.0-rc.1', '1.10.0', '1.10.0-rc.1', '1.9.0', '1.0.0']);
    expect(fs.readlinkSync(path.join(dist, 'latest'))).toBe('1.10.0');
    const [first] = versions(dist);
    expect(first).toMatchObject({ date: '2022-02-28T00:00:00Z', commit: 'c0ffee' });
    expect(first?.files.map((f) => f.path)).toEqual(['csv/a.csv', 'd.duckdb', 'datapackage.json']);
  });

  test('that was published by a run that died before it was listed is listed by the next run', () => {
    const dist = freshFolder();
    publish(dist, '1.0.0');
    fs.rmSync(path.join(dist, 'versions.json'));
    fs.rmSync(path.join(dist, 'latest'));
    expect(publish(dist, '1.0.0')).toBe('same');
    expect(versions(dist)).toHaveLength(1);
    expect(fs.readlinkSync(path.join(dist, 'latest'))).toBe('1.0.0');
  });

  test('that another run publishes while the list is being written is listed', () => {
    const dist = freshFolder();
    let other = true;
    const slow: FileSystem = {
      ...files,
      create(at, bytes) {
        if (other && at.includes('.writing-')) {
          other = false;
          publish(dist, '2.0.0');
        }
        files.create(at, bytes);
      },
    };
    publishVersion(slow, dist, stage(dist, '1'), '1.0.0');
    expect(versions(dist).map((v) => v.version)).toEqual(['2.0.0', '1.0.0']);
    expect(fs.readlinkSync(path.join(dist, 'latest'))).toBe('2.0.0');
  });

  test('has the same modes with any umask', () => {
    const dist = freshFolder();
    const before = process.umask(0o077);
    publish(dist, '1.0.0');
    process.umask(before);
    const mode = (name: string): string => (fs.statSync(path.join(dist, name)).mode & 0o777).toString(8);
    expect(['1.0.0', '1.0.0/csv', '1.0.0/csv/a.csv', 'versions.json'].map(mode)).toEqual(['755', '755', '644', '644']);
  });
});

/** The name of a process that has ended. */
function deadName(kind: string): string {
  const { pid } = spawnSync(process.execPath, ['--version']);
  return temporaryName(files, kind).replace(`-${process.pid}-`, `-${pid}-`);
}

describe('leftovers of runs in dist', () => {
  const staging = temporaryName(files, 'staging');
  const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
  test.each([
    ['of a dead process goes', deadName('staging'), false],
    ['of this process stays', staging, true],
    [
      'of an earlier process with the number of a living one goes',
      staging.replace(/-\d+-(?=[0-9a-f]{8}$)/, '-1-'),
      false,
    ],
    ['of another machine stays', staging.replace(/-[0-9a-f]{12}-/, '-000000000000-'), true],
    ['in an unknown form stays', '.staging-17-abcdef01', true],
  ])('%s', (_, name, stays) => {
    const dist = freshFolder();
    writeFiles(dist, { [`${name}/csv/a.csv`]: '' });
    createStaging(files, dist);
    expect(fs.existsSync(path.join(dist, name))).toBe(stays);
  });

  test('those of another machine are removed when nothing in them has changed for a day', () => {
    const dist = freshFolder();
    const name = staging.replace(/-[0-9a-f]{12}-/, '-000000000000-');
    writeFiles(dist, { [`${name}/a`]: '' });
    fs.utimesSync(path.join(dist, name), old, old);
    createStaging(files, dist);
    expect(fs.existsSync(path.join(dist, name))).toBe(true);
    fs.utimesSync(path.join(dist, name, 'a'), old, old);
    createStaging(files, dist);
    expect(fs.existsSync(path.join(dist, name))).toBe(false);
  });

  test('builds without a link are removed, unless a living run has announced them', () => {
    const dist = freshFolder();
    const [dead, announced, orphan] = ['0'.repeat(12), '1'.repeat(12), '2'.repeat(12)].map((x) => `1.0.0-next.${x}`);
    for (const name of [dead, announced, orphan]) writeFiles(dist, { [`${name}/a`]: '' });
    fs.symlinkSync(announced ?? '', path.join(dist, temporaryName(files, 'next')));
    fs.symlinkSync(dead ?? '', path.join(dist, deadName('next')));
    const next = path.basename(publishNext(files, dist, stage(dist, '1'), '1.0.0-next'));
    const left = fs.readdirSync(dist).filter((name) => !name.startsWith('.'));
    expect(left.toSorted()).toEqual([announced, next, 'next'].toSorted());
  });
});

describe('files that are on the disk already', () => {
  const synced = (dist: string): { readonly paths: string[]; readonly noting: FileSystem } => {
    const paths: string[] = [];
    const note = (at: string): void => void paths.push(path.relative(dist, at).split(path.sep).slice(1).join('/'));
    const noting: FileSystem = {
      ...files,
      sync(at) {
        note(at);
        files.sync(at);
      },
      async syncMany(many) {
        for (const at of many) note(at);
        await files.syncMany?.(many);
      },
    };
    return { paths, noting };
  };

  test.each([
    ['next', publishNext],
    ['a version', publishVersion],
  ])('are not synced again for %s, but one that was added since is', async (_, publishAs) => {
    const dist = freshFolder();
    const staging = stage(dist, '1');
    fs.chmodSync(path.join(staging, 'csv/a.csv'), 0o600);
    const { paths, noting } = synced(dist);
    const settled = await settleFiles(noting, staging);
    expect(fs.statSync(path.join(staging, 'csv/a.csv')).mode & 0o777).toBe(0o644);
    fs.writeFileSync(path.join(staging, 'added'), '', { mode: 0o600 });
    publishAs(noting, dist, staging, '1.0.0', settled);
    const ofFiles = ['SHA256SUMS', 'csv/a.csv', 'd.duckdb', 'datapackage.json'];
    expect(paths.slice(0, ofFiles.length).toSorted()).toEqual(ofFiles);
    expect(paths.slice(ofFiles.length, ofFiles.length + 3).toSorted()).toEqual(['', 'added', 'csv']);
    const published = fs.readdirSync(dist, { withFileTypes: true }).find((entry) => entry.isDirectory());
    expect(fs.statSync(path.join(dist, published?.name ?? '', 'added')).mode & 0o777).toBe(0o644);
  });

  test('a file that cannot be synced is named', async () => {
    const missing = path.join(freshFolder(), 'missing');
    await expect(files.syncMany?.([missing])).rejects.toThrow(missing);
  });
});

/** A file system that fails at one of its calls that change anything. `at` counts down. */
function failsAt(at: number, code: string): FileSystem {
  let left = at;
  const step = (call: string, where: string): void => {
    if (left-- === 0) throw Object.assign(new Error(`${code}: ${call} ${where}`), { code, syscall: call, path: where });
  };
  const guard =
    <A extends readonly unknown[]>(call: string, real: (...args: A) => void) =>
    (...args: A): void => {
      step(call, String(args.at(-1)));
      real(...args);
    };
  return {
    ...files,
    write: guard('write', files.write),
    rename: guard('rename', files.rename),
    link: guard('link', files.link),
    sync: guard('sync', files.sync),
    setMode: guard('chmod', files.setMode),
  };
}

/** Everything in a folder: names, texts, targets of links. */
function snapshot(folder: string): Record<string, string> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map((e) => {
      const at = path.join(e.parentPath, e.name);
      const value = e.isSymbolicLink() ? fs.readlinkSync(at) : e.isFile() ? fs.readFileSync(at, 'utf8') : '';
      return [path.relative(folder, at), value];
    }),
  );
}

/** The code of the operating system's error that ends an action, or undefined if it succeeds. */
function errorOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return errorCode(error) ?? String(error);
  }
}

describe('a disk that fails at any call', () => {
  test('leaves next unchanged', () => {
    const outcomes = new Set<string | undefined>();
    fc.assert(
      fc.property(fc.nat(20), fc.constantFrom('ENOSPC', 'EIO'), fc.boolean(), (at, code, again) => {
        const dist = freshFolder();
        if (again) publishNext(files, dist, stage(dist, '1'), '1.0.0-next');
        const before = snapshot(dist);
        const staging = stage(dist, '2');
        const outcome = errorOf(() => publishNext(failsAt(at, code), dist, staging, '1.0.0-next'));
        outcomes.add(outcome);
        fs.rmSync(staging, { recursive: true, force: true });
        const after = snapshot(dist);
        expect([undefined, code]).toContain(outcome);
        expect(outcome === undefined ? fs.readFileSync(path.join(dist, 'next/csv/a.csv'), 'utf8') : after).toEqual(
          outcome === undefined ? 'x\n2\n' : before,
        );
      }),
      { numRuns: 60 },
    );
    expect(outcomes.size).toBe(3);
  });

  test('leaves versions complete, and the next run finishes the work', () => {
    const outcomes = new Set<string | undefined>();
    fc.assert(
      fc.property(fc.nat(26), (at) => {
        const dist = freshFolder();
        publish(dist, '1.0.0');
        const before = snapshot(path.join(dist, '1.0.0'));
        const staging = stage(dist, '2');
        outcomes.add(errorOf(() => publishVersion(failsAt(at, 'ENOSPC'), dist, staging, '1.1.0')));
        fs.rmSync(staging, { recursive: true, force: true });
        expect(fs.readdirSync(dist).filter((name) => name.startsWith('.'))).toEqual([]);
        expect(versions(dist).map((v) => v.version)).toContain('1.0.0');
        expect(['published', 'same']).toContain(publish(dist, '1.1.0', '2'));
        expect(versions(dist).map((v) => v.version)).toEqual(['1.1.0', '1.0.0']);
        expect(snapshot(path.join(dist, '1.0.0'))).toEqual(before);
      }),
      { numRuns: 40 },
    );
    expect([...outcomes].toSorted()).toEqual(['ENOSPC', undefined]);
  });
});
