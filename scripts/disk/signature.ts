import { spawnSync } from 'node:child_process';
import { Failure } from '../base/problem.ts';
import { printable } from '../base/text.ts';
import { errorCode } from './fileSystem.ts';

/** The purpose of these signatures: ssh-keygen rejects one that was made for something else. */
const namespace = 'demarche';

/** Signs a file with an SSH key, into `<file>.sig` next to it. @throws Failure if ssh-keygen cannot */
export function signFile(file: string, key: string): void {
  const { status, words } = sshKeygen(['-Y', 'sign', '-f', key, '-n', namespace, file]);
  if (status !== 0) throw new Failure(`it cannot be signed with ${key}: ${words}`);
}

/**
 * Checks the signature of a text against a list of signers, one on each line, as in `allowed_signers` of ssh-keygen.
 * @returns who signed it, or what is wrong
 * @throws Failure if there is no ssh-keygen
 */
export function checkSignature(
  text: Uint8Array,
  signature: string,
  signers: string,
): { readonly signer: string } | { readonly fault: string } {
  const found = sshKeygen(['-Y', 'find-principals', '-s', signature, '-f', signers]);
  // a line can list several names, and exclude some
  const signer = found.out.split(/[\n,]/).find((name) => name !== '' && !name.startsWith('!'));
  if (found.status !== 0 || signer === undefined) return { fault: 'it was not made by one of the signers' };
  const verified = sshKeygen(['-Y', 'verify', '-f', signers, '-I', signer, '-n', namespace, '-s', signature], text);
  return verified.status === 0 ? { signer } : { fault: `it is not a signature of these bytes: ${verified.words}` };
}

function sshKeygen(
  args: readonly string[],
  input?: Uint8Array,
): { readonly status: number; readonly out: string; readonly words: string } {
  // ssh-keygen asks for a passphrase at the terminal
  const { status, stdout, stderr, error } = spawnSync('ssh-keygen', args, {
    input,
    stdio: [input === undefined ? 'inherit' : 'pipe', 'pipe', 'pipe'],
  });
  if (errorCode(error) === 'ENOENT') throw new Failure('ssh-keygen is not installed, or not on the PATH');
  if (error !== undefined) throw error;
  const lines = `${stdout.toString('utf8')}\n${stderr.toString('utf8')}`.split('\n').filter((line) => line !== '');
  return { status: status ?? 1, out: stdout.toString('utf8'), words: printable(lines.at(-1) ?? 'no reason given') };
}
