import { rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { commands } from '../src/commands/index.ts';
import { copyActions } from './build/actions.ts';
import { bundle } from './build/bundle.ts';
import { writeLicenses } from './build/licenses.ts';
import { root } from './build/root.ts';
import { hashSources, isFresh, stampBuild } from './build/stamp.ts';
import { writeStubs } from './build/stubs.ts';

/**
 * Builds `dist/`, or with `--out DIR` the same below DIR together with the `actions/` that point at it.
 * Equal sources give equal bytes, wherever the clone stands.
 */
export async function build(out: string): Promise<void> {
  const dist = join(out, 'dist');
  rmSync(dist, { recursive: true, force: true });
  const modules = await bundle(join(dist, 'streamgate'));
  writeLicenses(join(dist, 'streamgate', 'licenses.txt'), modules);
  writeStubs(dist, commands);
  if (out !== root) copyActions(out);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' }, 'if-changed': { type: 'boolean' } } });
  const out = values.out === undefined ? root : resolve(root, values.out);
  if (values['if-changed'] === true && isFresh(out)) process.exit();
  const hash = hashSources();
  await build(out);
  if (out !== root) stampBuild(out, hash);
  process.stdout.write(`built ${relative(root, join(out, 'dist'))}\n`);
}
