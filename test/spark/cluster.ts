import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A standalone Spark cluster on this machine: a master and workers with one core each, on loopback. */
export interface Cluster {
  /** `spark://…` */
  readonly url: string;
  /** Kills a worker and everything that it runs. */
  readonly killWorker: (index: number) => void;
  readonly stop: () => void;
}

const env = { ...process.env, SPARK_LOCAL_IP: '127.0.0.1', SPARK_NO_DAEMONIZE: '1' };

/** Starts a cluster whose files are in a folder. */
export async function startCluster(home: string, folder: string, workers: number): Promise<Cluster> {
  const all: ChildProcess[] = [];
  const start = async (name: string, args: readonly string[], sign: RegExp): Promise<string> => {
    const own = path.join(folder, name);
    fs.mkdirSync(own, { recursive: true });
    // a process group, so that its children end with it
    const child = spawn(path.join(home, 'bin/spark-class'), [...args], { cwd: own, env, detached: true });
    all.push(child);
    return new Promise((resolve, reject) => {
      let words = '';
      const hear = (text: Buffer): void => {
        words += text.toString();
        const found = sign.exec(words);
        if (found !== null) resolve(found[1] ?? '');
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.on('close', () => reject(new Error(`${name} ended: ${words.slice(-2000)}`)));
    });
  };
  const loopback = ['--host', '127.0.0.1', '--webui-port', '0'];
  const url = await start(
    'master',
    ['org.apache.spark.deploy.master.Master', ...loopback, '--port', '0'],
    /Starting Spark master at (spark:\/\/\S+)/,
  );
  const worker = 'org.apache.spark.deploy.worker.Worker';
  await Promise.all(
    Array.from({ length: workers }, (_, i) =>
      start(
        `worker-${i}`,
        [worker, ...loopback, '--cores', '1', '--memory', '1g', '--work-dir', path.join(folder, `worker-${i}`), url],
        /Successfully registered with master (\S+)/,
      ),
    ),
  );
  const end = (child: ChildProcess | undefined): void => {
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  };
  return { url, killWorker: (index) => end(all[index + 1]), stop: () => all.toReversed().forEach(end) };
}

/** Writes a configuration of Spark into a folder, for `SPARK_CONF_DIR`. */
export function configure(folder: string, settings: Readonly<Record<string, string>>): string {
  fs.mkdirSync(folder, { recursive: true });
  const lines = Object.entries(settings).map(([key, value]) => `${key} ${value}\n`);
  fs.writeFileSync(path.join(folder, 'spark-defaults.conf'), lines.join(''));
  fs.writeFileSync(
    path.join(folder, 'log4j2.properties'),
    'rootLogger.level = error\nrootLogger.appenderRef.stderr.ref = stderr\nappender.stderr.type = Console\n' +
      'appender.stderr.name = stderr\nappender.stderr.target = SYSTEM_ERR\nappender.stderr.layout.type = PatternLayout\n',
  );
  return folder;
}
