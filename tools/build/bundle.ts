import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './root.ts';

/** Packages whose modules do nothing when they are only imported, though they do not say so themselves. */
const withoutSideEffects = /node_modules\/(@kubernetes\/client-node|@actions\/[^/]+)\//;

/** Shakes `src/entry.ts` into one module, and has ncc make `index.mjs` of it. Returns the files that are inside. */
export async function bundle(directory: string): Promise<readonly string[]> {
  // Below the clone and always of the same depth, so that no path of this machine or run gets into the output.
  mkdirSync(join(root, '.cache'), { recursive: true });
  const work = mkdtempSync(join(root, '.cache', 'bundle-'));
  try {
    const { code, modules } = await shake();
    writeFileSync(join(work, 'index.mjs'), code);
    runNcc(work);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'index.mjs'), readFileSync(join(work, 'out', 'index.mjs'), 'utf8'));
    return modules;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function shake(): Promise<{ readonly code: string; readonly modules: readonly string[] }> {
  const bundler = await rolldown({
    input: join(root, 'src', 'entry.ts'),
    cwd: root,
    platform: 'node',
    treeshake: { moduleSideEffects: (id) => !withoutSideEffects.test(id) },
  });
  // One file: what is imported lazily is inlined, and still evaluated only when it is wanted.
  const { output } = await bundler.generate({ format: 'esm', codeSplitting: false, minify: false });
  await bundler.close();
  const [chunk, ...others] = output;
  if (others.length > 0)
    throw new Error(`Expected one module, got also ${others.map((o) => o.fileName).join(', ')}`);
  const inside = Object.entries(chunk.modules).filter(([, module]) => module.renderedLength > 0);
  return { code: chunk.code, modules: inside.map(([id]) => relative(root, id)).sort() };
}

function runNcc(work: string): void {
  const ncc = join(root, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js');
  const args = ['build', 'index.mjs', '--out', 'out', '--no-cache', '--quiet'];
  execFileSync(process.execPath, [ncc, ...args], { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
}
