import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** Everything that a build depends on. */
const sources = [
  'src/**/*.ts',
  'tools/build.ts',
  'tools/build/*.ts',
  'actions/*/action.yml',
  'package*.json',
];
const file = 'sources.sha256';

/** Whether the build in this folder was made of the very same sources. */
export function isFresh(out: string): boolean {
  const stamp = join(out, file);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources();
}

export function stampBuild(out: string, hash: string): void {
  writeFileSync(join(out, file), hash);
}

export function hashSources(): string {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}
