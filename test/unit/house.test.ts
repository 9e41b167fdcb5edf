import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findBreaches, findImports } from '../support/house.ts';

const src = resolve(import.meta.dirname, '..', '..', 'src');

/** What the plan of the house says of one import. */
function whyNot(path: string, source: string): string | undefined {
  const [breach] = findBreaches([{ path, source }]);
  return breach?.why;
}

describe('the house', () => {
  it('has no import that its plan forbids', () => {
    const modules = globSync('**/*.ts', { cwd: src }).map((path) => ({
      path: path.replaceAll('\\', '/'),
      source: readFileSync(join(src, path), 'utf8'),
    }));
    expect(modules.length).toBeGreaterThan(50);
    expect(findBreaches(modules)).toEqual([]);
  });
});

describe('the reader of imports', () => {
  it.each([
    ["import { a } from './x.ts';", './x.ts'],
    ["import './x.ts';", './x.ts'],
    ["import type { A } from './x.ts';", './x.ts'],
    ["import { type A } from './x.ts';", './x.ts'],
    ["export { a } from './x.ts';", './x.ts'],
    ["export type { A } from './x.ts';", './x.ts'],
    ["export * from './x.ts';", './x.ts'],
    ["export * as x from './x.ts';", './x.ts'],
    ["async function f() { return import('./x.ts'); }", './x.ts'],
    ["type A = import('./x.ts').A;", './x.ts'],
    ["function f(a: import('./x.ts').A) { return a; }", './x.ts'],
    ["import x = require('x');", 'x'],
    ['const f = (name: string) => import(name);', '(computed)'],
  ])('sees %s', (source, specifier) => {
    expect(findImports(source, 'a.ts').map((found) => found.specifier)).toEqual([specifier]);
  });

  it.each(["// import './x.ts';", 'const a = "import(\'./x.ts\')";', 'export const a = 1;'])(
    'ignores %s',
    (source) => {
      expect(findImports(source, 'a.ts')).toEqual([]);
    },
  );
});

describe('the plan', () => {
  it.each([
    ['release/engine.ts', "import type { Cluster } from '../cluster/index.ts';"],
    ['release/steps/route.ts', "import { at } from '../../base/index.ts';"],
    ['release/engine.ts', "import { plan } from './plan.ts';"],
    [
      'commands/rollback/run.ts',
      "import { contract } from './contract.ts'; import type { Host } from '../command.ts';",
    ],
    ['commands/index.ts', "import { contract } from './rollback/contract.ts';"],
    ['commands/index.ts', "export const load = () => import('./rollback/run.ts');"],
    ['commands/sandbox/run.ts', "export const load = () => import('../../sandbox/index.ts');"],
    ['entry.ts', "export const load = () => import('./hosts/runner.ts');"],
    ['hosts/runner.ts', "import * as core from '@actions/core';"],
    ['cluster/connect.ts', "import { KubeConfig } from '@kubernetes/client-node';"],
    ['base/clock.ts', "import { setTimeout } from 'node:timers/promises';"],
  ])('allows %s: %s', (path, source) => {
    expect(whyNot(path, source)).toBeUndefined();
  });

  it.each([
    ['base/clock.ts', "import type { Evidence } from '../evidence/index.ts';", 'not above'],
    ['cluster/watch.ts', "import { release } from '../release/index.ts';", 'not above'],
    ['release/engine.ts', "import type { Gate } from '../smoke/index.ts';", 'not above'],
    ['smoke/smoke-gate.ts', "export const load = () => import('../load/index.ts');", 'not above'],
    ['evidence/seal.ts', "import { camelCase } from '../contract/index.ts';", 'not above'],
    ['release/engine.ts', "import { request } from '../cluster/request.ts';", 'entered by its index.ts'],
    ['release/steps/route.ts', "type A = import('../../traffic/gateway.ts').A;", 'entered by its index.ts'],
    [
      'hosts/runner.ts',
      "import { contract } from '../commands/rollback/contract.ts';",
      'entered by its index.ts',
    ],
    ['sandbox/store.ts', "import type { Evidence } from '../evidence/index.ts';", 'imports base only'],
    ['commands/sandbox/run.ts', "import { createSandbox } from '../../sandbox/index.ts';", 'import() only'],
    ['hosts/terminal.ts', "export const load = () => import('../sandbox/index.ts');", 'import() only'],
    ['commands/rollback/run.ts', "import { a } from '../bluegreen-deploy/run.ts';", 'another one'],
    ['commands/index.ts', "import { command } from './rollback/run.ts';", 'import() only'],
    ['utils/text.ts', "import { at } from '../base/index.ts';", 'has no floor'],
    ['hosts/terminal.ts', "import * as core from '@actions/core';", 'only ^hosts'],
    ['release/engine.ts', "import type { V1Pod } from '@kubernetes/client-node';", 'only ^cluster'],
    [
      'release/engine.ts',
      "import { V1Pod } from '@kubernetes/client-node/dist/gen/models/V1Pod.js';",
      'only ^cluster',
    ],
    ['commands/rollback/run.ts', "import { getOctokit } from '@actions/github';", 'only ^github'],
    ['release/engine.ts', "import { exec } from '@actions/exec';", 'only ^hosts'],
    ['release/engine.ts', "import { parse } from 'acorn';", 'no room may'],
    ['release/engine.ts', "import { startAction } from '../../tools/runner.ts';", 'out of src'],
    ['release/engine.ts', 'export const load = (name: string) => import(name);', 'literal'],
  ])('forbids %s: %s', (path, source, why) => {
    expect(whyNot(path, source)).toContain(why);
  });
});
