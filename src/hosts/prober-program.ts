import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StreamGateError } from '../base/index.ts';

const name = 'prober.mjs';

/** Reads the prober that stands beside the bundle; a run from the sources takes the one that was built last. */
export async function readProber(): Promise<string> {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = [join(here, name), join(here, '..', '..', 'dist', 'streamgate', name)];
  const path = places.find((place) => existsSync(place));
  if (path !== undefined) return readFile(path, 'utf8');
  throw new StreamGateError('Failed', `The program of the prober (${name}) was not found beside StreamGate`, {
    remedy: 'Run `npm run build`, or probe from the runner.',
  });
}
