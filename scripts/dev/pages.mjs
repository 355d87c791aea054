// Builds the programs of the browser pages, from scripts/web. They go next to each bundle of the toolkit,
// and into .cache/pages if the sources run directly.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gzipSync, strToU8 } from 'fflate';
import { feature } from 'topojson-client';
import topology from 'world-atlas/land-110m.json' with { type: 'json' };

/** Each page has a program and a style sheet with its name, from its own folder below scripts/web. */
const pages = [
  { in: 'scripts/web/explorer/main.tsx', out: 'explorer' },
  { in: 'scripts/web/explorer/explorer.css', out: 'explorer' },
  { in: 'scripts/web/workbench/page/main.tsx', out: 'workbench' },
  { in: 'scripts/web/workbench/page/main.css', out: 'workbench' },
];

/** The files of all pages, by name: bytes. Each begins with the licences of its content. */
export async function buildPages(root) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: pages,
    outdir: path.join(root, '.cache', 'pages'),
    write: false,
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'iife',
    platform: 'browser',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    legalComments: 'none',
    banner: { js: notice(root), css: '/* Made by Démarche (MIT). */' },
    logLevel: 'silent',
  });
  return new Map([
    ...outputFiles.map((file) => [path.basename(file.path), file.contents]),
    ['outlines.js', Buffer.from(outlines())],
  ]);
}

/** The coastlines of the world as a data script of the explorer: an SVG path, in degrees east and south. */
function outlines() {
  const rings = feature(topology, topology.objects.land).features.flatMap(({ geometry }) =>
    geometry.coordinates.flat(),
  );
  const point = ([x, y]) => `${Number(x.toFixed(1))} ${Number((-y).toFixed(1))}`;
  const line = rings.map((ring) => `M${unbroken(ring).map(point).join('L')}Z`).join('');
  const packed = Buffer.from(gzipSync(strToU8(JSON.stringify(line)), { level: 9, mtime: 0 })).toString('base64');
  return `/* Natural Earth, by world-atlas (ISC) */\n(globalThis.demarcheData??=[]).push(["outlines","${packed}"]);\n`;
}

/**
 * A ring that crosses the date line continues beyond 180 degrees, instead of going back across the world, except at the
 * pole.
 */
function unbroken(ring) {
  let turn = 0;
  const turned = ring.map(([x, y], i) => {
    const step = x - (ring[i - 1]?.[0] ?? x);
    if (Math.abs(step) > 180 && y > -84) turn -= 360 * Math.sign(step);
    return [x + turn, y];
  });
  // most of it stays on the map, wherever it begins
  const middle = turned.reduce((sum, [x]) => sum + x, 0) / turned.length;
  const back = 360 * Math.round(middle / 360);
  return turned.map(([x, y]) => [x - back, y]);
}

/** The packages whose code is in the pages; their licences require that they are named. */
const inside = ['preact', '@preact/signals', '@preact/signals-core', 'hyparquet', 'fzstd', 'micromark'];

function notice(root) {
  const require = createRequire(path.join(root, 'package.json'));
  const named = inside.map((name) => {
    const folder = require.resolve.paths(name).find((each) => fs.existsSync(path.join(each, name)));
    const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, name, 'package.json'), 'utf8'));
    return `${name} ${version} (${license})`;
  });
  return `/* Made by Démarche (MIT). With ${named.join(', ')}. */`;
}

/**
 * Writes pages where the sources look for them, in order. Each file is replaced in one step, if it has changed.
 */
export function writePages(root, files) {
  const folder = path.join(root, '.cache', 'pages');
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    if (fs.existsSync(file) && Buffer.compare(fs.readFileSync(file), bytes) === 0) continue;
    const fresh = path.join(folder, `.${name}.${process.pid}`);
    try {
      fs.writeFileSync(fresh, bytes);
      fs.renameSync(fresh, file);
    } finally {
      fs.rmSync(fresh, { force: true });
    }
  }
}
