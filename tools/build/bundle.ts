import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './root.ts';

/** Packages whose modules do nothing when they are only imported, though they do not say so themselves. */
const withoutSideEffects = /node_modules\/(@kubernetes\/client-node|@actions\/[^/]+)\//;

/**
 * Shakes `src/entry.ts`, and has ncc make `index.mjs` of it with the parts that are imported lazily beside it: a run that
 * ends on a wrong input must not pay for reading the whole product. Returns the files that are inside.
 */
export async function bundle(directory: string): Promise<readonly string[]> {
  // Below the clone and always of the same depth, so that no path of this machine or run gets into the output.
  mkdirSync(join(root, '.cache'), { recursive: true });
  const work = mkdtempSync(join(root, '.cache', 'bundle-'));
  try {
    const modules = await shake(work);
    runNcc(work);
    // ncc says in a package.json that these are modules, which the extension does already.
    rmSync(join(work, 'out', 'package.json'), { force: true });
    cpSync(join(work, 'out'), directory, { recursive: true });
    await shakeProber(directory);
    return modules;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Writes `index.mjs` and its parts. */
async function shake(directory: string): Promise<readonly string[]> {
  const bundler = await rolldown({
    input: join(root, 'src', 'entry.ts'),
    cwd: root,
    platform: 'node',
    treeshake: { moduleSideEffects: (id) => !withoutSideEffects.test(id) },
  });
  const { output } = await bundler.write({
    dir: directory,
    format: 'esm',
    minify: false,
    entryFileNames: 'index.mjs',
    chunkFileNames: '[name].mjs',
  });
  await bundler.close();
  const modules = output.flatMap((part) => (part.type === 'chunk' ? Object.entries(part.modules) : []));
  const inside = modules.filter(([, module]) => module.renderedLength > 0);
  return inside.map(([id]) => relative(root, id)).sort();
}

/** The prober runs elsewhere, from one file with nothing beside it. */
async function shakeProber(directory: string): Promise<void> {
  const bundler = await rolldown({
    input: join(root, 'src', 'hosts', 'prober.ts'),
    cwd: root,
    platform: 'node',
    treeshake: { moduleSideEffects: false },
  });
  await bundler.write({ file: join(directory, 'prober.mjs'), format: 'esm', minify: false });
  await bundler.close();
}

function runNcc(work: string): void {
  const ncc = join(root, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
  const args = ['build', 'index.mjs', '--out', 'out', '--no-cache', '--quiet'];
  execFileSync(process.execPath, [ncc, ...args], { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
}
