import { stringify } from 'yaml';
import { type Contract, describeInput, isExpression } from '../../src/contract/index.ts';

/** The file by which `uses:` finds the action. Literal defaults are not in it: the parser applies them, once. */
export function actionYml(contract: Contract): string {
  const { name, summary, branding, inputs, outputs, post } = contract;
  const document = {
    name: `StreamGate ${name}`,
    description: summary,
    author: 'StreamGate',
    ...(branding === undefined ? {} : { branding }),
    inputs: mapValues(inputs, (spec) => ({
      description:
        spec.default === undefined || isExpression(spec.default) ? describeInput(spec) : withDefault(spec),
      required: spec.required === true,
      ...(spec.default !== undefined && isExpression(spec.default) ? { default: spec.default } : {}),
    })),
    outputs: mapValues(outputs, ({ description }) => ({ description })),
    runs: {
      using: 'node24',
      main: `../../dist/${name}/index.js`,
      ...(post === true ? { post: `../../dist/${name}/post.js`, 'post-if': 'always()' } : {}),
    },
  };
  const source = `src/commands/${name}/contract.ts`;
  return `# Generated from ${source} by \`npm run generate\`; changes belong there.\n${stringify(document, { lineWidth: 110 })}`;
}

function withDefault(spec: Contract['inputs'][string]): string {
  return `${describeInput(spec)} Default: ${spec.default}.`;
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
