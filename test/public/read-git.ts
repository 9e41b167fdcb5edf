import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ManifestFile } from '../../src/cluster/index.ts';
import type { Source } from './sources.ts';

/** Folder with the objects of a repository; or why it cannot be read. */
export type Clone = { readonly folder: string } | { readonly reason: string };

const fetchLimitMs = 5 * 60_000;

/** The folder `DIR/OWNER/NAME` with the pinned commit in it, bare or with a work tree. Fetches nothing. */
export function findClone(source: Source, from: string): Clone {
  const folder = resolve(from, source.repository);
  if (!existsSync(folder)) return { reason: `${folder} is not there` };
  return hasCommit(folder, source.commit)
    ? { folder }
    : { reason: `${folder} lacks commit ${source.commit}` };
}

/** Fetches the pinned commit from GitHub into `cache`, without the files, which git asks for when they are read. */
export function fetchClone(source: Source, cache: string): Clone {
  const { repository, commit } = source;
  const folder = join(cache, repository);
  mkdirSync(folder, { recursive: true });
  if (hasCommit(folder, commit)) return { folder };
  const url = `https://github.com/${repository}`;
  const steps = [
    ['init', '--quiet', '--bare'],
    ['config', 'remote.origin.url', url],
    ['config', 'remote.origin.promisor', 'true'],
    ['config', 'remote.origin.partialclonefilter', 'blob:none'],
    ['fetch', '--quiet', '--depth', '1', '--filter=blob:none', 'origin', commit],
  ];
  for (const step of steps) {
    const { ok, told } = git(folder, step, fetchLimitMs);
    if (!ok) return { reason: `${url}: ${told}` };
  }
  return { folder };
}

/** The files of a set at its commit, in the order in which they are named; a folder gives those that `kubectl` would read. */
export function readFiles(
  folder: string,
  { repository, commit }: Source,
  paths: readonly string[],
): ManifestFile[] {
  return paths
    .flatMap((path) => (path.endsWith('/') ? listFolder(folder, commit, path) : [path]))
    .map((path) => {
      const { ok, told } = git(folder, ['show', `${commit}:${path}`], fetchLimitMs);
      if (!ok) throw new Error(`${repository} has no ${path} at ${commit}: ${told}`);
      return { name: path, text: told };
    });
}

function listFolder(folder: string, commit: string, path: string): readonly string[] {
  const { told } = git(folder, ['ls-tree', '--name-only', commit, path], fetchLimitMs);
  return told.split('\n').filter((name) => /\.(yaml|yml|json)$/.test(name));
}

function hasCommit(folder: string, commit: string): boolean {
  return git(folder, ['cat-file', '-e', `${commit}^{commit}`], 10_000).ok;
}

/** What git answered, or why not. It asks nobody for a password. */
function git(folder: string, words: readonly string[], timeout: number) {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', folder, ...words], {
    encoding: 'utf8',
    timeout,
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
  const ok = status === 0;
  const trouble = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  return { ok, told: ok ? stdout : trouble || `git ended with ${status}` };
}
