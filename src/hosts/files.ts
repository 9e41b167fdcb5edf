import { globSync, readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { messageOf, StreamGateError } from '../base/index.ts';
import type { SourceFile } from '../commands/index.ts';

/** Whether a path, directory or glob names at least one file. */
export function namesFiles(workspace: string, pattern: string): boolean {
  return expand(workspace, pattern).length > 0;
}

/** Reads every file that the patterns name, each once, in the order of the patterns and then by path. */
export async function readFiles(
  workspace: string,
  patterns: readonly string[],
  readStdin: () => Promise<string>,
): Promise<readonly SourceFile[]> {
  const files = new Map<string, string>();
  for (const pattern of patterns) {
    if (pattern === '-') files.set('-', await readStdin());
    for (const path of pattern === '-' ? [] : expand(workspace, pattern)) {
      files.set(relative(workspace, path) || path, readText(path));
    }
  }
  return [...files].map(([path, content]) => ({ path, content }));
}

function expand(workspace: string, pattern: string): readonly string[] {
  const path = resolve(workspace, pattern);
  const stats = look(() => statSync(path, { throwIfNoEntry: false }));
  if (stats?.isDirectory()) return manifestsIn(path);
  if (stats !== undefined) return [path];
  const matches = look(() => globSync(pattern, { cwd: workspace })) ?? [];
  return matches
    .map((match) => resolve(workspace, match))
    .filter((match) => look(() => statSync(match, { throwIfNoEntry: false }))?.isFile())
    .sort();
}

/**
 * What cannot be looked at (its name is too long or leads in a circle, its folder is closed to us) is no file that could be
 * read. The error says no more than that, and quotes the name, which may be a secret that was taken for one.
 */
function look<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Like `kubectl apply -f DIR`: the manifests directly inside, not those of folders below. */
function manifestsIn(directory: string): readonly string[] {
  return globSync('*.{yaml,yml,json}', { cwd: directory })
    .map((name) => resolve(directory, name))
    .sort();
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StreamGateError('Usage', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
