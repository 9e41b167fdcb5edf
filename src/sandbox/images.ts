import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StreamGateError } from '../base/index.ts';

/** What the sandbox runs for an image name. */
export interface Image {
  /** File below the folder of programs. */
  readonly program: string;
  /** Environment that the image brings; the container's own wins. */
  readonly env: Readonly<Record<string, string>>;
  /** As a registry would know it: `streamgate/demo-app@sha256:…`. */
  readonly id: string;
}

const demoApp = 'demo-app/server.mjs';
const samples: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: { VERSION: 'v1' },
  v2: { VERSION: 'v2' },
  bad: { VERSION: 'bad', ERROR_RATE: '0.5' },
};

/** The table of images. Undefined: no such image, the pod will not start. */
export function findImage(reference: string): Image | undefined {
  const [name = '', digest] = reference.replace(/^docker\.io\//, '').split('@');
  const colon = name.lastIndexOf(':');
  const repository = colon < 0 ? name : name.slice(0, colon);
  const tag = colon < 0 ? 'latest' : name.slice(colon + 1);
  const env =
    repository === 'localhost/sample'
      ? samples[tag]
      : repository === 'streamgate/demo-app'
        ? { VERSION: tag }
        : undefined;
  if (env === undefined) return undefined;
  const id = digest ?? `sha256:${createHash('sha256').update(`${repository}:${tag}`).digest('hex')}`;
  return { program: demoApp, env, id: `${repository}@${id}` };
}

/**
 * The folder with the programs of the table: `examples` of the package that this module belongs to, whether it runs
 * from its source or from the built bundle.
 */
export function findPrograms(): string {
  const starts = [dirname(fileURLToPath(import.meta.url)), dirname(process.argv[1] ?? '.'), process.cwd()];
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      const programs = join(folder, 'examples');
      if (existsSync(join(programs, demoApp))) return programs;
      if (dirname(folder) === folder) break;
    }
  }
  throw new StreamGateError('Failed', `the demo program examples/${demoApp} was not found`, {
    remedy:
      'Run from a clone of the repository, or name the folder of programs in the options of the sandbox.',
    evidence: starts.map((start) => `looked in ${start} and the folders above it`),
  });
}
