/** An unclosed object or list: what it is, where its end is missing, and what to write there. */
export interface Unclosed {
  readonly what: string;
  /** Offset in UTF-16 units of the place for the closing bracket; undefined at the end of the text. */
  readonly offset: number | undefined;
  readonly hint: string;
}

/** An opening bracket with its line, from 1, and the white space at the start of that line. */
interface Opened {
  readonly bracket: string;
  readonly line: number;
  readonly indent: number;
}

const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * The object or list that is open where a text stops being JSON, by the indentation of its lines or by a closing
 * bracket of another kind. Undefined if brackets are not the problem.
 */
export function unclosedBracket(text: string): Unclosed | undefined {
  const stack: Opened[] = [];
  let [line, indent, atStart] = [1, 0, true];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[[\]{}]|\n|[^\S\n]+|[^\s"[\]{}]+|"/g)) {
    if (token === '\n') {
      line++;
      [indent, atStart] = [0, true];
    } else if (/^\s/.test(token)) {
      if (atStart) indent = token.length;
    } else {
      const top = stack.at(-1);
      const closes = token === '}' || token === ']';
      const outside = atStart && top !== undefined && line > top.line && indent <= top.indent;
      if (top !== undefined && closes && token !== closing[top.bracket]) return unclosed(top, index, line);
      if (top !== undefined && outside && (!closes || indent < top.indent)) return unclosed(top, index, line);
      if (closes) stack.pop();
      else if (token === '{' || token === '[') stack.push({ bracket: token, line, indent });
      if (closes && top === undefined) return undefined;
      atStart = false;
    }
  }
  const left = stack.at(-1);
  if (left === undefined) return undefined;
  const signs = stack.toReversed().map(({ bracket }) => closing[bracket] ?? '');
  const hint = signs.length > mostSigns ? `${signs.length} brackets are open` : `write ${signs.join(' ')} at the end`;
  return { what: whatIsOpen(left), offset: undefined, hint };
}

/** How many closing brackets are written out. */
const mostSigns = 8;

function unclosed(opened: Opened, offset: number, line: number): Unclosed {
  const where = line === opened.line ? 'before this' : 'before this line';
  return { what: whatIsOpen(opened), offset, hint: `write ${closing[opened.bracket] ?? ''} ${where}` };
}

function whatIsOpen({ bracket, line }: Opened): string {
  return `the ${bracket === '{' ? 'object' : 'list'} that begins on line ${line}`;
}
