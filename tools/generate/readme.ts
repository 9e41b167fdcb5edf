import { type Contract, yamlSpelling } from '../../src/contract/index.ts';
import { inputsTable, rulesList } from './inputs.ts';
import { markers } from './markers.ts';
import { markdownTable } from './table.ts';

/** A first page for a new action. From then on, what is outside of the markers is written by hand. */
export function actionReadme(contract: Contract): string {
  return `# ${contract.name}\n\n${contract.summary}.\n\n${markers}\n`;
}

/** Everything that follows from the contract. */
export function actionTables(contract: Contract): string {
  const rules = rulesList(contract, (name) => name);
  const outputs = Object.entries(contract.outputs).map(([name, { description, example }]) => [
    `\`${name}\``,
    description,
    example === undefined ? '' : `\`${example}\``,
  ]);
  return [
    contract.description,
    '## Usage',
    `\`\`\`yaml\n${usage(contract)}\n\`\`\``,
    '## Inputs',
    inputsTable(contract, 'Input', (name) => name),
    ...(rules === '' ? [] : ['Between inputs:', rules]),
    '## Outputs',
    markdownTable(['Output', 'What it says', 'Example'], outputs),
    'Every output is set on every path on which the action itself ends, failures included; what was not measured is empty.',
  ].join('\n\n');
}

/** A step that works: what is required, and what most people give. */
function usage({ name, inputs, post }: Contract): string {
  const usual = ['app', 'namespace', 'manifests', 'image', 'probe-url'];
  const given = Object.entries(inputs).filter(
    ([input, spec]) => spec.required === true || usual.includes(input),
  );
  return [
    `- uses: streamgate/streamgate/actions/${name}@v1`,
    ...(post === true ? ['  id: release'] : []),
    '  with:',
    ...given
      .filter(([, { example }]) => example !== undefined)
      .map(
        ([input, { example = '', quote }]) =>
          `    ${quote === true ? `${input}: '${example}'` : yamlSpelling.assignment(input, example)}`,
      ),
  ].join('\n');
}
