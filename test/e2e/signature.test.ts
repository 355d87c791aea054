import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { here } from '../support/fixture.ts';
import { repository } from '../support/repository.ts';
import { freshFolder, run } from '../support/run.ts';

/** A new key without a passphrase, and a list of signers that has it. */
function keyOf(name: string): { readonly key: string; readonly signers: string } {
  const folder = freshFolder();
  const key = path.join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key]);
  const signers = path.join(folder, 'signers');
  fs.writeFileSync(signers, `${name} ${fs.readFileSync(`${key}.pub`, 'utf8')}`);
  return { key, signers };
}

test('a release is signed with a key, and verify names the signer', async () => {
  const [maintainer, stranger] = [keyOf('ida@example.org'), keyOf('eva@example.org')];
  const folder = repository();
  const release = ['release', [...here, '--dist', 'dist', '--sign', maintainer.key]] as const;
  expect((await run(folder, ...release)).err).toMatch(/dist\/1.2.3 is released/);
  // what is signed stays what it is, and can be released again
  expect((await run(folder, ...release)).err).toMatch(/was released before, with the same content/);
  const at = path.join(folder, 'dist/1.2.3');
  const verify = async (signers: string): ReturnType<typeof run> =>
    run(folder, 'verify', ['--release', at, '--signers', signers]);

  const signed = await verify(maintainer.signers);
  expect(signed.err).toMatch(/^verify: \d+ files; signed by ida@example.org; /);
  expect([signed.status, signed.out]).toEqual([0, '']);
  expect((await run(folder, 'verify', ['--release', at])).status).toBe(0);

  // a line of several people, of one who may not sign any more, and of one who may sign other things
  const [, ...key] = fs.readFileSync(maintainer.signers, 'utf8').split(' ');
  const listed = async (who: string): ReturnType<typeof run> => {
    fs.writeFileSync(stranger.key, `${who} ${key.join(' ')}`);
    return verify(stranger.key);
  };
  expect((await listed('!eva@example.org,ida@example.org,per@example.org')).err).toContain('signed by ida@example.org');
  for (const past of ['valid-before="20200101"', 'namespaces="git"'])
    expect((await listed(`ida@example.org ${past}`)).out).toMatch(
      /SHA256SUMS.sig:1:1 error release: it (?:is|was) not /,
    );

  const other = await verify(stranger.signers);
  expect(other.out).toMatch(/SHA256SUMS.sig:1:1 error release: it was not made by one of the signers/);
  expect(other.status).toBe(1);

  const sums = path.join(at, 'SHA256SUMS');
  const lines = fs.readFileSync(sums, 'utf8').trimEnd().split('\n');
  fs.writeFileSync(sums, `${lines.toReversed().join('\n')}\n`);
  expect((await verify(maintainer.signers)).out).toMatch(/SHA256SUMS.sig:1:1 .*it is not a signature of these bytes/);

  fs.rmSync(path.join(at, 'SHA256SUMS.sig'));
  expect((await verify(maintainer.signers)).out).toMatch(/SHA256SUMS.sig:1:1 .*the release is not signed/);
});

test('an invalid key is rejected before anything is published', async () => {
  const folder = repository();
  const { status, err } = await run(folder, 'release', [...here, '--dist', 'dist', '--sign', 'nowhere']);
  expect(err).toMatch(/it cannot be signed with .*nowhere: /);
  expect(status).toBe(2);
  expect(fs.existsSync(path.join(folder, 'dist/1.2.3'))).toBe(false);
});
