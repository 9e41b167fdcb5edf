import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Milliseconds, StreamGateError } from '../base/index.ts';

/** What the sandbox runs for an image name. */
export interface Image {
  /** File below the folder of programs, or an absolute path; empty for an image of which nothing runs. */
  readonly program: string;
  /** Environment that the image brings; the container's own wins. */
  readonly env: Readonly<Record<string, string>>;
  /** As a registry would know it: `streamgate/demo-app@sha256:…`. */
  readonly id: string;
  /** Brought by the options of the sandbox. */
  readonly custom?: CustomImage;
}

/** What the options of a sandbox let an image name stand for, since the manifest's own command is never run. */
export interface CustomImage {
  /** Absolute path of a module for Node. It gets the container's environment, and should end when its input is closed. */
  readonly program: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What a fake pod of it does; absent: it runs until it is stopped. */
  readonly fake?: {
    readonly afterMs: Milliseconds;
    readonly exitCode: number;
    readonly output?: string;
  };
}

/** By image name: `node:24`, or `node:*` for every tag. */
export type CustomImages = Readonly<Record<string, CustomImage>>;

const demoApp = 'demo-app/server.mjs';
const samples: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: { VERSION: 'v1' },
  v2: { VERSION: 'v2' },
  bad: { VERSION: 'bad', ERROR_RATE: '0.5' },
};

/** The table of images. Undefined: no such image, the pod will not start. */
export function findImage(reference: string, customs: CustomImages = {}): Image | undefined {
  const { repository, tag, id } = splitReference(reference);
  const custom = customs[reference] ?? customs[`${repository}:${tag}`] ?? customs[`${repository}:*`];
  if (custom !== undefined) return { program: custom.program, env: custom.env ?? {}, id, custom };
  const env =
    repository === 'localhost/sample'
      ? samples[tag]
      : repository === 'streamgate/demo-app'
        ? { VERSION: tag }
        : undefined;
  return env && { program: demoApp, env, id };
}

/** An image that is not in the table, in a pod whose app is: it counts as running and ready, and nothing runs. */
export function inertImage(reference: string): Image {
  return { program: '', env: {}, id: splitReference(reference).id };
}

function splitReference(reference: string) {
  const [name = '', digest] = reference.replace(/^docker\.io\/(library\/)?/, '').split('@');
  const [, repository = name, tag = 'latest'] = /^(.*):([^/:]+)$/.exec(name) ?? [];
  const made = `sha256:${createHash('sha256').update(`${repository}:${tag}`).digest('hex')}`;
  return { repository, tag, id: `${repository}@${digest ?? made}` };
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
