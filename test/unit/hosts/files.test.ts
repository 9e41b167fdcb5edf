import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { namesFiles, readFiles } from '../../../src/hosts/files.ts';

describe('files', () => {
  let workspace: string;
  beforeAll(() => {
    workspace = mkdtempSync(join(tmpdir(), 'streamgate-files-'));
    mkdirSync(join(workspace, 'k8s'));
    for (const name of ['b.yaml', 'a.yml', 'notes.txt']) writeFileSync(join(workspace, 'k8s', name), name);
    symlinkSync('circle.yaml', join(workspace, 'circle.yaml'));
  });
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it.each([
    ['a file', 'k8s/notes.txt', ['k8s/notes.txt']],
    ['a directory, for the manifests in it', 'k8s', ['k8s/a.yml', 'k8s/b.yaml']],
    ['a glob, and passes over what cannot be looked at', '{k8s/,}*.yaml', ['k8s/b.yaml']],
  ])('are named by %s', async (_what, pattern, paths) => {
    expect(namesFiles(workspace, pattern)).toBe(true);
    const files = await readFiles(workspace, [pattern], async () => '');
    expect(files.map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    ['is not there', 'k8s/gone.yaml'],
    ['is longer than a name may be', 'a2luZDogQ29uZmlnCg'.repeat(20)],
    ['is longer than a path may be', 'k8s/'.repeat(2_000)],
    ['leads in a circle', 'circle.yaml'],
    ['is no path at all', 'a\0b'],
  ])('are not named by what %s', (_what, pattern) => {
    expect(namesFiles(workspace, pattern)).toBe(false);
  });
});
