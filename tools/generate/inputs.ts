import {
  type Contract,
  describeInput,
  describeKind,
  type InputSpec,
  nameKind,
} from '../../src/contract/index.ts';
import { markdownTable } from './table.ts';

/** The inputs as a table; `spell` writes their names as the host does. */
export function inputsTable(
  contract: Contract,
  head: string,
  spell: (name: string, spec: InputSpec) => string,
): string {
  const rows = Object.entries(contract.inputs).map(([name, spec]) => [
    `\`${spell(name, spec)}\``,
    nameKind(spec),
    spec.required === true ? '**required**' : spec.default === undefined ? '' : `\`${spec.default}\``,
    describeRow(spec),
  ]);
  return markdownTable([head, 'Kind', 'Default', 'What it does'], rows);
}

function describeRow(spec: InputSpec): string {
  const unit = spec.unit === undefined ? '' : ` ${spec.unit}`;
  const allowed = `${describeKind(spec)}${unit}`;
  const obvious = spec.kind === 'boolean' || allowed === 'text' || allowed === 'YAML or JSON';
  const example =
    spec.example === undefined || spec.example.includes('\n') ? '' : ` Example: \`${spec.example}\`.`;
  return `${describeInput(spec)}${obvious ? '' : ` Allowed: ${allowed}.`}${example}`;
}

/** The rules between inputs as a list; empty when there are none. */
export function rulesList(contract: Contract, spell: (name: string) => string): string {
  return contract.rules.map((rule) => `- ${describeRule(rule, spell)}`).join('\n');
}

function describeRule(rule: Contract['rules'][number], spell: (name: string) => string): string {
  const code = (name: string) => `\`${spell(name)}\``;
  const condition = (when: NonNullable<typeof rule.when>) =>
    typeof when === 'string'
      ? code(when)
      : `\`${spell(when.input)}\` ${when.is.map((value) => `\`${value}\``).join(' or ')}`;
  switch (rule.rule) {
    case 'oneOf': {
      const when = rule.when === undefined ? '' : ` with ${condition(rule.when)}`;
      return `Exactly one of ${rule.of.map(code).join(', ')} is needed${when}: ${rule.because}.`;
    }
    case 'requires':
      return `${condition(rule.when)} needs ${rule.needs.map(code).join(', ')}: ${rule.because}.`;
    case 'conflicts':
      return `${condition(rule.when)} excludes ${rule.with.map(condition).join(', ')}: ${rule.because}.`;
  }
}
