import path from 'node:path';

/** The folder of the bundle that is running, its modules all side by side; undefined where the sources are run as they are. */
export const bundleFolder = path.extname(import.meta.filename) === '.mjs' ? import.meta.dirname : undefined;
