/** A call to copy bytes takes as long as copying so many one by one. */
const longSlice = 64;

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
export const mostBytesOfUnit = 3;

/** Bytes in print, which grow. */
export class Print {
  #bytes = Buffer.allocUnsafeSlow(1 << 16);
  #used = 0;

  get length(): number {
    return this.#used;
  }

  /** Makes room for so many bytes: `byte` and `copy` do not. */
  reserve(more: number): void {
    if (this.#used + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#used + more));
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }

  byte(value: number): void {
    this.#bytes[this.#used++] = value;
  }

  copy(from: Buffer, start: number, end: number): void {
    const bytes = this.#bytes;
    let at = this.#used;
    if (end - start > longSlice) at += from.copy(bytes, at, start, end);
    else for (let i = start; i < end; i++) bytes[at++] = from[i] ?? 0;
    this.#used = at;
  }

  /** Adds a text. @returns how many bytes it has */
  text(value: string): number {
    this.reserve(mostBytesOfUnit * value.length);
    const added = this.#bytes.write(value, this.#used);
    this.#used += added;
    return added;
  }

  /** A copy of its own, which can be passed to another thread. */
  taken(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.subarray(0, this.#used));
  }
}
