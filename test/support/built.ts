import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../tools/build/root.ts';

/** A build of the sources as they are now, in an ignored folder. Returns the folder with `actions/` and `dist/`. */
export function ensureBuilt(): string {
  const out = join(root, '.cache', 'build');
  run(['--out', out, '--if-changed']);
  return out;
}

/** Builds anew, whatever is there. */
export function buildInto(out: string): void {
  run(['--out', out]);
}

/** In a process of its own: the bundler is native and does not feel at home in jest's sandbox. */
function run(args: readonly string[]): void {
  execFileSync(process.execPath, [join(root, 'tools', 'build.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
