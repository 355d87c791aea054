import { gzipSync, strToU8 } from 'fflate';

/**
 * A script that passes a value to the page under a name: its JSON, gzipped, in base64. fflate is JavaScript, so the
 * bytes are the same on every machine; those of zlib depend on the processor.
 */
export function dataScript(name: string, value: object): string {
  return bytesScript(name, gzipSync(strToU8(JSON.stringify(value)), { level: 6, mtime: 0 }));
}

/**
 * A script that passes bytes to the page under a name, in base64. A page from the disk can load only scripts. Base64
 * never contains the end of a script or a line, whatever the data.
 */
export function bytesScript(name: string, { buffer, byteOffset, byteLength }: Uint8Array): string {
  const base64 = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  return `(globalThis.demarcheData??=[]).push([${asciiText(name)},"${base64}"]);\n`;
}

/** A text of JavaScript in ASCII that does not end a script. */
function asciiText(text: string): string {
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  // each unit of a surrogate pair separately
  return JSON.stringify(text).replace(/[^\x20-\x7e]|</g, escape);
}
