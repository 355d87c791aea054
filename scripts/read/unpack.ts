import { gunzipSync } from 'node:zlib';
import { errorCode } from '../disk/fileSystem.ts';

/** The bytes in a gzip file (RFC 1952), at most `limit`: even a small file can unpack to any size. */
export function unpack(packed: Uint8Array, limit: number): Uint8Array | 'too large' | 'not gzip' {
  try {
    return gunzipSync(packed, { maxOutputLength: limit });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') return 'too large';
    if (code?.startsWith('Z_') === true) return 'not gzip';
    throw error;
  }
}
