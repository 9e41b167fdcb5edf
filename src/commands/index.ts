import type { Contract } from '../contract/index.ts';
import { contract as bluegreenDeploy } from './bluegreen-deploy/contract.ts';
import type { Command } from './command.ts';
import { contract as release } from './release/contract.ts';
import { contract as retire } from './retire/contract.ts';
import { contract as rollback } from './rollback/contract.ts';
import { contract as sandbox } from './sandbox/contract.ts';
import { contract as smokeTest } from './smoke-test/contract.ts';
import { contract as status } from './status/contract.ts';

export type { Command, Host, Progress, Result, SourceFile } from './command.ts';

/** A command whose contract is at hand, and whose work is loaded only once its inputs are right. */
export interface CommandEntry {
  readonly contract: Contract;
  load(): Promise<Command>;
}

/** Every command of the product. A new one is one line here. */
export const commands: readonly CommandEntry[] = [
  { contract: bluegreenDeploy, load: async () => (await import('./bluegreen-deploy/run.ts')).command },
  { contract: rollback, load: async () => (await import('./rollback/run.ts')).command },
  { contract: retire, load: async () => (await import('./retire/run.ts')).command },
  { contract: smokeTest, load: async () => (await import('./smoke-test/run.ts')).command },
  { contract: release, load: async () => (await import('./release/run.ts')).command },
  { contract: status, load: async () => (await import('./status/run.ts')).command },
  { contract: sandbox, load: async () => (await import('./sandbox/run.ts')).command },
];
