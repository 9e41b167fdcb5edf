import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

/** `npm run bench -- NAME`: each benchmark is one file of `tools/bench` that prints its own figures. */
const directory = join(import.meta.dirname, 'bench');
const names = globSync('*.ts', { cwd: directory }).map((file) => basename(file, '.ts'));
const [name = '', ...args] = process.argv.slice(2);
if (!names.includes(name)) {
  process.stderr.write(`Which benchmark? npm run bench -- ${names.sort().join(' | ')}\n`);
  process.exit(2);
}
const { default: run }: { default: (args: readonly string[]) => Promise<void> } = await import(
  join(directory, `${name}.ts`)
);
await run(args);
