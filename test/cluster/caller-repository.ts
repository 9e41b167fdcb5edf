import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/build/root.ts';
import type { Stage } from '../../tools/demo/stage.ts';
import { manifestsOf, type Version } from '../../tools/demo/versions.ts';

/** A repository as a person has it who copied our examples: their workflows, and the manifests of the shop in `k8s`. */
export interface CallerRepository {
  readonly folder: string;
  /** Writes the manifests of a version of the shop. */
  write(version: Version): void;
  /** Text of an example, for the namespace of the shop. */
  example(name: string): string;
}

export function createCallerRepository(folder: string, stage: Stage): CallerRepository {
  mkdirSync(join(folder, 'k8s'), { recursive: true });
  return {
    folder,
    write: (version) => writeFileSync(join(folder, 'k8s', 'app.yaml'), manifestsOf(version, stage)),
    // The examples know names of their own, which whoever copies them changes.
    example: (name) =>
      readFileSync(join(root, 'examples', name), 'utf8').replaceAll('production', stage.namespace),
  };
}
