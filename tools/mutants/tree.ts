import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../build/root.ts';

const copied = ['src', 'test', 'tools', 'package.json', 'tsconfig.json', 'jest.config.mjs'] as const;

/** A copy of the clone, in which a defect does no harm. */
export interface Tree {
  readonly path: string;
  remove(): void;
}

export function copyTree(): Tree {
  const path = mkdtempSync(join(tmpdir(), 'streamgate-mutants-'));
  for (const entry of copied) cpSync(join(root, entry), join(path, entry), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'), 'junction');
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
