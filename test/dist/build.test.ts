import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commands } from '../../src/commands/index.ts';
import { isAction } from '../../tools/build/actions.ts';
import { root } from '../../tools/build/root.ts';
import { outdatedFiles } from '../../tools/generate.ts';
import { buildInto, ensureBuilt } from '../support/built.ts';

const actions = commands.filter(isAction).map(({ contract }) => contract);
let dist: string;

beforeAll(() => {
  dist = join(ensureBuilt(), 'dist');
});

function filesOf(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

describe('the build output', () => {
  it('holds the bundle, its notices, and two lines per action', () => {
    const stubs = actions.flatMap(({ name, post }) => [
      `${name}/index.js`,
      ...(post === true ? [`${name}/post.js`] : []),
    ]);
    const files = filesOf(dist).filter((path) => !/^streamgate\/\d+\.index\.mjs$/.test(path));
    const own = ['cli.mjs', 'index.mjs', 'licenses.txt', 'prober.mjs'].map((name) => `streamgate/${name}`);
    expect(files).toEqual([...stubs, ...own].sort());
    for (const stub of stubs) {
      const text = readFileSync(join(dist, stub), 'utf8');
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200);
      expect(text.trimEnd().split('\n')).toHaveLength(2);
    }
  });

  it('weighs at most 6 MB', () => {
    const bytes = filesOf(dist).reduce((sum, path) => sum + statSync(join(dist, path)).size, 0);
    expect(bytes).toBeLessThanOrEqual(6_000_000);
  });

  it('has no generated Kubernetes client, no source maps and no path of this machine in it', () => {
    for (const path of filesOf(dist)) {
      const text = readFileSync(join(dist, path), 'utf8');
      expect(path).not.toMatch(/\.map$/);
      expect({ path, found: /ObservableAPI|sourceMappingURL=(?!data)[\w.]+\.map/.exec(text)?.[0] }).toEqual({
        path,
      });
      expect({ path, found: text.includes(root) }).toEqual({ path, found: false });
    }
  });

  it('can be read: lines of a stack trace are lines, not a whole file', () => {
    const lines = readFileSync(join(dist, 'streamgate', 'index.mjs'), 'utf8').split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(2_000);
  });

  it('carries the notices of what is inside, and of nothing else', () => {
    const notices = readFileSync(join(dist, 'streamgate', 'licenses.txt'), 'utf8');
    expect(notices).toMatch(/^@kubernetes\/client-node \d+\.\d+\.\d+ \(Apache-2\.0\)$/m);
    expect(notices).toMatch(/^@actions\/core \d+\.\d+\.\d+ \(MIT\)$/m);
    expect(notices).toMatch(/^yaml \d+\.\d+\.\d+ \(ISC\)$/m);
    expect(notices).not.toMatch(/^(jest|rolldown|typescript) /m);
  });
});

describe('a second build', () => {
  const second = mkdtempSync(join(tmpdir(), 'streamgate-build-'));
  afterAll(() => rmSync(second, { recursive: true, force: true }));

  it('gives the same bytes', async () => {
    buildInto(second);
    const elsewhere = join(second, 'dist');
    expect(filesOf(elsewhere)).toEqual(filesOf(dist));
    for (const path of filesOf(dist)) {
      const equal = readFileSync(join(dist, path)).equals(readFileSync(join(elsewhere, path)));
      expect({ path, equal }).toEqual({ path, equal: true });
    }
  });
});

describe('the generated files', () => {
  it('are those that the contracts give', () => {
    expect(outdatedFiles()).toEqual([]);
  });
});
