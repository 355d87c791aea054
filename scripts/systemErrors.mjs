// Messages for what the operating system refuses. Plain JavaScript: `run.mjs` needs it before TypeScript can be
// loaded.

/** By Node's error code: what is wrong, and what to do. */
const meanings = {
  ENOSPC: ['the disk is full', 'free some space and run this again'],
  EDQUOT: ['your disk quota is used up', 'free some space and run this again'],
  EFBIG: ['a file would become larger than this system allows', 'raise the limit (ulimit -f) and run this again'],
  EACCES: ['permission denied', 'check who owns it and its permissions'],
  EPERM: ['the system does not permit this', 'check who owns it and its permissions'],
  EROFS: ['the file system is read-only', 'choose a folder that you can write to'],
  ENOENT: ['no such file or folder', 'check the path'],
  ENOTDIR: ['a part of this path is a file, not a folder', 'move that file away or choose another path'],
  EISDIR: ['a folder is where a file should be', 'check the path'],
  EEXIST: ['something with this name already exists', 'move it away or choose another name'],
  ENOTEMPTY: ['the folder is not empty', 'move what is in it away'],
  EMFILE: ['too many open files', 'raise the limit (ulimit -n) and run this again'],
  ENFILE: ['too many open files on this machine', 'close other programs and run this again'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter one'],
  ELOOP: ['the links form a loop', 'remove one of them'],
  EBUSY: ['another program is using it', 'close that program and run this again'],
  EXDEV: ['the file is on another file system than its folder', 'put both on the same one'],
  EIO: ['the disk reports an error', 'check the disk'],
  ENOMEM: ['out of memory', 'close other programs and run this again'],
  EAGAIN: ['too many processes or threads', 'close other programs and run this again'],
  EPIPE: ['the reader has closed it', 'nothing more is printed'],
};

/** The same errors in the words of DuckDB, which reads and writes files itself. */
const words = {
  'No space left on device': 'ENOSPC',
  'Disk quota exceeded': 'EDQUOT',
  'File too large': 'EFBIG',
  'Permission denied': 'EACCES',
  'Operation not permitted': 'EPERM',
  'Read-only file system': 'EROFS',
  'Too many open files': 'EMFILE',
  'No such file or directory': 'ENOENT',
  'Input/output error': 'EIO',
};

/**
 * An error of the operating system or of DuckDB as a sentence: place, what is wrong, what to do. Undefined for anything
 * else, which is a bug in the program.
 */
export function systemSentence(error) {
  if (!(error instanceof Error)) return undefined;
  if (typeof error.code === 'string' && typeof error.syscall === 'string') {
    const at = error.dest ?? error.path ?? (error.syscall === 'write' ? 'the output' : error.syscall);
    return meanings[error.code] === undefined ? `${at}: ${error.message}` : sentence(at, error.code);
  }
  return ofDuckDb(error.message);
}

/** What is wrong, by an error of the operating system: without place and remedy. Undefined for anything else. */
export function systemCause(error) {
  return error instanceof Error && typeof error.syscall === 'string' ? meanings[error.code]?.[0] : undefined;
}

function ofDuckDb(message) {
  const [kind] = /^[A-Z][A-Za-z ]* Error(?=: )/.exec(message) ?? [];
  if (kind === undefined) return undefined;
  const [, at = 'the database'] = /"(\/[^"]+|[A-Za-z]:[^"]+)"/.exec(message) ?? [];
  const found = Object.keys(words).find((each) => message.includes(each));
  if (found !== undefined) return sentence(at, words[found]);
  if (kind === 'Out of Memory Error')
    return (
      'the database needs more memory than it may use, especially for long texts and wide tables; ' +
      'close other programs and run this again'
    );
  return /^(?:IO|Permission) Error$/.test(kind) ? message.split('\n')[0] : undefined;
}

function sentence(at, code) {
  const [what, remedy] = meanings[code];
  return `${at}: ${what}; ${remedy}`;
}
