import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandEntry } from '../../src/commands/index.ts';
import { root } from './root.ts';

/** Whether a command can be named in `uses:`. */
export function isAction({ contract }: CommandEntry): boolean {
  return contract.hosts?.includes('runner') ?? true;
}

/** Puts the `actions/` beside a build elsewhere, so that their `../../dist/…` leads to it. */
export function copyActions(out: string): void {
  cpSync(join(root, 'actions'), join(out, 'actions'), { recursive: true });
}
