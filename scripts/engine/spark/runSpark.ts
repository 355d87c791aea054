import { spawn } from 'node:child_process';
import path from 'node:path';
import { Failure } from '../../base/problem.ts';
import { errorCode } from '../../disk/fileSystem.ts';
import { onInterrupt } from '../../disk/interrupt.ts';

/**
 * Runs a file with a Spark SQL script in a folder.
 * @throws Failure if Spark is missing, or a statement fails; the signal's reason if it is cancelled
 */
export type RunSpark = (script: string, folder: string, signal?: AbortSignal) => Promise<void>;

/** Settings that a build relies on, whatever the user's own configuration of Spark. */
const settings = {
  'spark.sql.catalogImplementation': 'in-memory',
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.caseSensitive': 'true',
  // texts of a dataset may look like a variable
  'spark.sql.variable.substitute': 'false',
  'spark.sql.sources.partitionColumnTypeInference.enabled': 'false',
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
  'spark.sql.parquet.datetimeRebaseModeInWrite': 'CORRECTED',
  'spark.sql.parquet.datetimeRebaseModeInRead': 'CORRECTED',
  'spark.sql.legacy.timeParserPolicy': 'CORRECTED',
  'spark.sql.adaptive.enabled': 'true',
};

/** Runs scripts with the `spark-sql` of an environment: that in SPARK_HOME, else the one on the PATH. */
export function sparkIn(env: Readonly<Record<string, string | undefined>>): RunSpark {
  const home = env['SPARK_HOME'];
  const program = home === undefined || home === '' ? 'spark-sql' : path.join(home, 'bin', 'spark-sql');
  return (script, folder, signal) => {
    const conf = Object.entries({ ...settings, 'spark.sql.warehouse.dir': path.join(folder, 'warehouse') });
    const args = [...conf.flatMap(([key, value]) => ['--conf', `${key}=${value}`]), '-f', script];
    return new Promise((resolve, reject) => {
      let words = '';
      const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'], signal });
      const forget = onInterrupt(() => void child.kill());
      child.on('error', (error) => {
        forget();
        if (signal?.aborted === true) reject(signal.reason);
        else if (errorCode(error) !== 'ENOENT') reject(error);
        else reject(new Failure(`${program} does not start: install Spark, or name its folder in SPARK_HOME`));
      });
      // without a process there are no pipes
      if (child.pid === undefined) return;
      child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-mostWords)));
      child.on('close', (status) => {
        forget();
        if (status === 0) resolve();
        else reject(new Failure(`Spark failed${reasonIn(words)}`));
      });
    });
  };
}

/** How much of Spark's output is kept, in UTF-16 units. */
const mostWords = 1 << 20;

/** The reason in Spark's output: the first line with an error class, else the last line that names an exception. */
function reasonIn(words: string): string {
  const lines = words.split('\n').map((line) => line.trim());
  const told = lines.filter((line) => line !== '' && !line.startsWith('at '));
  const reason =
    told.find((line) => /^\[[A-Z_.]+\]/.test(line)) ??
    told.findLast((line) => /(?:Error|Exception)\b/.test(line)) ??
    told.at(-1);
  return reason === undefined ? ', and gives no reason' : `: ${reason}`;
}
