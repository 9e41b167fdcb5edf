import { StreamGateError } from './base/index.ts';
import type { CommandEntry } from './commands/index.ts';
import { commands } from './commands/index.ts';

/** What `dist/<name>/index.js` calls. */
export async function runAction(name: string): Promise<void> {
  const runner = await import('./hosts/runner.ts');
  await runner.runAction(find(name));
}

/** What `dist/<name>/post.js` calls at the end of the job. */
export async function runPost(name: string): Promise<void> {
  const runner = await import('./hosts/runner.ts');
  await runner.runPost(find(name));
}

/** The command line; ends the process, since open connections would keep it. */
export async function runCli(argv: readonly string[]): Promise<void> {
  const terminal = await import('./hosts/terminal.ts');
  process.exit(await terminal.main(argv));
}

function find(name: string): CommandEntry {
  const entry = commands.find(({ contract }) => contract.name === name);
  if (entry === undefined) throw new StreamGateError('Internal', `There is no command ${name}`);
  return entry;
}
