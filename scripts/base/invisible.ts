import { codePoint } from './text.ts';

/**
 * What may be invisible in a text: controls that JSON does not escape, line separators, and the code points that
 * Unicode lets a reader ignore, in UTF-16 units. A quick test: it also matches emoji and joined letters.
 */
const candidates =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]|[\udb40-\udb43]/;

/** The UTF-8 bytes with which `mayBeginInvisible` can be true. */
export const invisibleFirst: readonly number[] = [0x7f, 0xc2, 0xcd, 0xd8, 0xe1, 0xe2, 0xe3, 0xef, 0xf0, 0xf3];

/** Whether these UTF-8 bytes, the first of a character, may begin one of those; also true for a few that do not. */
export function mayBeginInvisible(first: number, second: number, third: number): boolean {
  switch (first) {
    case 0x7f:
      return true;
    case 0xc2:
      return second < 0xa0 || second === 0xad;
    case 0xcd:
      return second === 0x8f;
    case 0xd8:
      return second === 0x9c;
    case 0xe1:
      return second === 0x85 || second === 0x9e || second === 0xa0;
    case 0xe2:
      return (
        second === 0x81 || (second === 0x80 && ((third >= 0x8b && third < 0x90) || (third >= 0xa8 && third < 0xaf)))
      );
    case 0xe3:
      return second === 0x85;
    case 0xef:
      return second === 0xb8 || second === 0xbb || second === 0xbe || second === 0xbf;
    case 0xf0:
      return second === 0x9b || (second === 0x9d && third === 0x85);
    case 0xf3:
      return second >= 0xa0;
    default:
      return false;
  }
}

const emoji = String.raw`\p{Extended_Pictographic}[\ufe0e\ufe0f]?\p{Emoji_Modifier}?`;
/** Scripts whose letters a joiner or non-joiner shapes: Persian, the scripts of India, and their neighbours. */
const joining = 'Arab Syrc Mong Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt Java Bali'
  .split(' ')
  .map((script) => String.raw`\p{scx=${script}}`)
  .join('');
const afterJoining = String.raw`(?<=(?=[\p{L}\p{M}])[${joining}])`;

/** A text in tag characters, each by its ASCII number. */
function inTags(text: string): string {
  return text.replace(/./g, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0)));
}

/** Contexts in which such a character is part of what is visible. */
const legitimate = new RegExp(
  [
    // the flags of England, Scotland and Wales are spelled in tag characters
    `\u{1f3f4}(?:${['gbeng', 'gbsct', 'gbwls'].map(inTags).join('|')})\u{e007f}`,
    String.raw`${emoji}(?:\u200d${emoji})*`,
    String.raw`[#*0-9]\ufe0f\u20e3`,
    // variant forms of Chinese characters, which occur in names
    String.raw`\p{Script=Han}[\ufe00-\ufe02\u{e0100}-\u{e01ef}]`,
    String.raw`\p{Script=Mongolian}[\u180b-\u180f]`,
    String.raw`${afterJoining}(?:\u200d|\u200c(?=[\p{L}\p{M}\p{N}]))`,
  ].join('|'),
  'gu',
);

const invisible =
  // eslint-disable-next-line no-control-regex
  /[\p{Default_Ignorable_Code_Point}\u007f-\u009f\u2028\u2029\ufff9-\ufffb]/u;

/**
 * The first invisible character that is not part of an emoji or word, with its position; undefined if there is none.
 */
export function describeInvisible(text: string): string | undefined {
  if (!candidates.test(text)) return undefined;
  const rest = text.replace(legitimate, (part) => '.'.repeat(part.length));
  const found = invisible.exec(rest);
  if (found === null) return undefined;
  const before = Array.from(text.slice(0, found.index)).slice(-20).join('');
  return `${nameOf(found[0])} ${before === '' ? 'at the start' : `after ${JSON.stringify(before)}`}`;
}

/** `U+200B ZERO WIDTH SPACE`. */
function nameOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `${codePoint(character)} ${names.get(point) ?? kindOf(point)}`;
}

const names: ReadonlyMap<number, string> = new Map([
  [0xad, 'SOFT HYPHEN'],
  [0x34f, 'COMBINING GRAPHEME JOINER'],
  [0x61c, 'ARABIC LETTER MARK'],
  [0x180e, 'MONGOLIAN VOWEL SEPARATOR'],
  [0x200b, 'ZERO WIDTH SPACE'],
  [0x200c, 'ZERO WIDTH NON-JOINER'],
  [0x200d, 'ZERO WIDTH JOINER'],
  [0x200e, 'LEFT-TO-RIGHT MARK'],
  [0x200f, 'RIGHT-TO-LEFT MARK'],
  [0x2028, 'LINE SEPARATOR'],
  [0x2029, 'PARAGRAPH SEPARATOR'],
  [0x202a, 'LEFT-TO-RIGHT EMBEDDING'],
  [0x202b, 'RIGHT-TO-LEFT EMBEDDING'],
  [0x202c, 'POP DIRECTIONAL FORMATTING'],
  [0x202d, 'LEFT-TO-RIGHT OVERRIDE'],
  [0x202e, 'RIGHT-TO-LEFT OVERRIDE'],
  [0x2060, 'WORD JOINER'],
  [0x2066, 'LEFT-TO-RIGHT ISOLATE'],
  [0x2067, 'RIGHT-TO-LEFT ISOLATE'],
  [0x2068, 'FIRST STRONG ISOLATE'],
  [0x2069, 'POP DIRECTIONAL ISOLATE'],
  [0xfeff, 'ZERO WIDTH NO-BREAK SPACE'],
]);

function kindOf(point: number): string {
  if (point < 0xa0) return '(control character)';
  if ([0x115f, 0x1160, 0x3164, 0xffa0].includes(point)) return '(Hangul filler)';
  if (point >= 0xfff9 && point <= 0xfffb) return '(interlinear annotation)';
  if (point >= 0xe0000 && point <= 0xe007f) return '(tag character)';
  if (/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u.test(String.fromCodePoint(point))) return '(variation selector)';
  return '(no visible form)';
}
