import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { commands } from '../src/commands/index.ts';
import { isAction } from './build/actions.ts';
import { root } from './build/root.ts';
import { actionYml } from './generate/action-yml.ts';
import { cliPage } from './generate/cli-page.ts';
import { betweenMarkers } from './generate/markers.ts';
import { actionReadme, actionTables } from './generate/readme.ts';

/** A file, and what it must contain. */
interface Wanted {
  readonly path: string;
  readonly content: string;
}

/** Everything in the repository that follows from the contracts. */
export function wantedFiles(): readonly Wanted[] {
  const actions = commands.filter(isAction).flatMap(({ contract }): Wanted[] => {
    const directory = join(root, 'actions', contract.name);
    const readme = join(directory, 'README.md');
    return [
      { path: join(directory, 'action.yml'), content: actionYml(contract) },
      {
        path: readme,
        content: betweenMarkers(read(readme) ?? actionReadme(contract), actionTables(contract)),
      },
    ];
  });
  return [...actions, { path: join(root, 'docs', 'cli.md'), content: cliPage(commands) }];
}

/** Files that differ from what they must contain, relative to the clone. */
export function outdatedFiles(): readonly string[] {
  return wantedFiles()
    .filter(({ path, content }) => read(path) !== content)
    .map(({ path }) => relative(root, path));
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function check(): number {
  const outdated = outdatedFiles();
  for (const path of outdated) process.stderr.write(`${path} differs from its contract\n`);
  if (outdated.length > 0) process.stderr.write('Run `npm run generate` and commit the result.\n');
  return outdated.length === 0 ? 0 : 1;
}

function generate(): void {
  const outdated = new Set(outdatedFiles());
  for (const { path, content } of wantedFiles()) {
    if (!outdated.has(relative(root, path))) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    process.stdout.write(`wrote ${relative(root, path)}\n`);
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
  if (values.check === true) process.exit(check());
  generate();
}
