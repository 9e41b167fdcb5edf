import type { CommandEntry } from '../../src/commands/index.ts';
import type { Contract } from '../../src/contract/index.ts';
import { inputsTable, rulesList } from './inputs.ts';
import { markdownTable } from './table.ts';

/** `docs/cli.md` */
export function cliPage(entries: readonly CommandEntry[]): string {
  const contracts = entries.map(({ contract }) => contract);
  return `${[
    '<!-- Generated from the contracts by `npm run generate`; changes belong there. -->',
    '# Command line',
    'Each action is also a command, with the same inputs as flags. In a clone: `npm run -s streamgate -- COMMAND …`.',
    markdownTable(
      ['Command', 'What it does'],
      contracts.map(({ name, summary }) => [`[\`${name}\`](#${name})`, summary]),
    ),
    'Every command takes `--json` (one JSON document on standard output, progress on standard error), `--verbose` and `--help`.',
    'Exit codes: 0 pass, 1 fail, 2 usage (nothing was touched), 3 inconclusive or invalid. `NO_COLOR` turns colours off.',
    'A secret is never given as a literal: `env:NAME` takes it from the environment, `file:PATH` from a file, `-` from standard input.',
    ...contracts.map(section),
  ].join('\n\n')}\n`;
}

function section(contract: Contract): string {
  const flag = (name: string) => `--${name}`;
  const rules = rulesList(contract, flag);
  const { positional } = contract;
  return [
    `## ${contract.name}`,
    `\`\`\`sh\nstreamgate ${contract.name}${positional === undefined ? '' : ` ${positional.toUpperCase()}`} [OPTIONS]\n\`\`\``,
    contract.description,
    inputsTable(contract, 'Flag', (name, spec) => (spec.kind === 'boolean' ? `--[no-]${name}` : flag(name))),
    ...(rules === '' ? [] : ['Between flags:', rules]),
  ].join('\n\n');
}
