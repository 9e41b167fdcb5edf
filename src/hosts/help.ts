import type { CommandEntry } from '../commands/index.ts';
import { type Contract, describeKind, type InputSpec, literalDefault } from '../contract/index.ts';
import { shorthands } from './flags.ts';

const exitCodes = [
  ['0', 'pass'],
  ['1', 'fail'],
  ['2', 'usage: nothing was touched'],
  ['3', 'inconclusive or invalid'],
] as const;

/** `streamgate --help` */
export function overallHelp(entries: readonly CommandEntry[], width: number): string {
  return sections([
    'StreamGate ships a service to Kubernetes and proves that the release was good.',
    ['Usage', '  streamgate COMMAND [OPTIONS]'],
    [
      'Commands',
      columns(
        entries.map(({ contract }) => [contract.name, contract.summary]),
        width,
      ),
    ],
    ['Options', columns(hostOptions, width)],
    ['Exit codes', columns(exitCodes, width)],
    'streamgate COMMAND --help says more about a command.',
  ]);
}

/** `streamgate COMMAND --help` */
export function commandHelp(contract: Contract, width: number): string {
  const { positional } = contract;
  const word = positional === undefined ? '' : ` ${metaOf(positional, contract)}`;
  const inputs = Object.entries(contract.inputs).map(
    ([name, spec]) => [flagOf(name, spec), detailsOf(spec)] as const,
  );
  return sections([
    `${contract.summary}.`,
    ['Usage', `  streamgate ${contract.name}${word} [OPTIONS]`],
    plain(contract.description)
      .split('\n\n')
      .map((paragraph) => wrap(paragraph, width).join('\n'))
      .join('\n\n'),
    ['Options', columns([...inputs, ...hostOptions], width)],
    ['Exit codes', columns(exitCodes, width)],
  ]);
}

const hostOptions = [
  ['--json', 'Print one JSON document on standard output, and nothing else there.'],
  ['--verbose', 'Say more while working.'],
  ['-h, --help', 'Show this.'],
] as const;

function metaOf(positional: string, contract: Contract): string {
  const name = positional.toUpperCase();
  return contract.inputs[positional]?.required === true ? name : `[${name}]`;
}

function flagOf(name: string, spec: InputSpec): string {
  if (spec.kind === 'boolean') return `--[no-]${name}`;
  const short = Object.entries(shorthands).find(([, long]) => long === name)?.[0];
  const prefix = short === undefined ? '' : `-${short}, `;
  return `${prefix}--${name} ${spec.kind === 'enum' ? 'CHOICE' : spec.kind.toUpperCase()}`;
}

function detailsOf(spec: InputSpec): string {
  const fallback = literalDefault(spec);
  const unit = spec.unit === undefined ? '' : ` ${spec.unit}`;
  const facts = [
    ...(spec.required === true ? ['required'] : []),
    ...(spec.kind === 'boolean' || describeKind(spec) === 'text'
      ? []
      : [`${plain(describeKind(spec))}${unit}`]),
    ...(fallback === undefined ? [] : [`default ${fallback}`]),
    ...(spec.kind === 'secret' ? ['also env:NAME, file:PATH or -'] : []),
  ];
  const addition = facts.length === 0 ? '' : ` (${facts.join('; ')})`;
  return `${plain(spec.description).replaceAll('\n', ' ')}${addition}`;
}

/** Markdown's marks mean nothing on a terminal. */
function plain(markdown: string): string {
  return markdown.replace(/`([^`]*)`/g, '$1').replace(/\*([^*\s][^*]*)\*/g, '$1');
}

function sections(parts: readonly (string | readonly [string, string])[]): string {
  return `${parts.map((part) => (typeof part === 'string' ? part : part.join('\n'))).join('\n\n')}\n`;
}

/** Two columns: names, and texts that wrap under themselves. */
function columns(rows: readonly (readonly [string, string])[], width: number): string {
  const left = Math.min(30, Math.max(...rows.map(([name]) => name.length))) + 4;
  return rows
    .flatMap(([name, text]) => {
      const lines = wrap(text, Math.max(30, width - left));
      const head = `  ${name}`;
      const [first = '', ...rest] = head.length > left - 2 ? ['', ...lines] : lines;
      return [(head.padEnd(left) + first).trimEnd(), ...rest.map((line) => ' '.repeat(left) + line)];
    })
    .join('\n');
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
