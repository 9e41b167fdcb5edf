import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandEntry } from '../../src/commands/index.ts';
import { isAction } from './actions.ts';

/** What `runs.main` and `runs.post` name: two lines that start a command of the one bundle. */
export function writeStubs(dist: string, entries: readonly CommandEntry[]): void {
  for (const { contract } of entries.filter(isAction)) {
    const directory = join(dist, contract.name);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'index.js'), stub('runAction', contract.name));
    if (contract.post === true) writeFileSync(join(directory, 'post.js'), stub('runPost', contract.name));
  }
  writeFileSync(
    join(dist, 'streamgate', 'cli.mjs'),
    "import { runCli } from './index.mjs';\nawait runCli(process.argv.slice(2));\n",
  );
}

function stub(start: string, name: string): string {
  return `import { ${start} } from '../streamgate/index.mjs';\nawait ${start}('${name}');\n`;
}
