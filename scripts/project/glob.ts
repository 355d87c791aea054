import picomatch from 'picomatch';
import { allMatchTime, matchTime, mostGlobSteps, slowMatch } from '../base/limits.ts';
import { Failure } from '../base/problem.ts';
import { quoted } from '../base/text.ts';
import { endsWithin } from '../pattern/timeLimit.ts';

/**
 * Matches paths with a glob. Each `*` multiplies the ways to try a long name, and parentheses can double them: then
 * matching has a time limit.
 * @param table for the message if it takes too long
 * @throws Failure if a match takes too long
 */
export function globMatcher(table: string, glob: string): (file: string) => boolean {
  const expression = picomatch.makeRe(glob);
  const stars = glob.match(/\*+/g)?.length ?? 0;
  const isNested = glob.includes('(');
  let spent = 0;
  const clocked = (file: string): boolean => {
    const start = performance.now();
    let matches = false;
    const ended = endsWithin(matchTime, () => void (matches = expression.test(file)));
    const took = performance.now() - start;
    if (took > slowMatch) spent += took;
    if (ended && spent <= allMatchTime) return matches;
    throw new Failure(
      `table ${quoted(table)}: the glob ${quoted(glob)} takes too long to match ${quoted(file)}: use fewer ` +
        '* and parentheses',
    );
  };
  return (file) => {
    if (file === glob) return true;
    return isNested || file.length ** stars > mostGlobSteps ? clocked(file) : expression.test(file);
  };
}
