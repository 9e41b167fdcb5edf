import { defineContract, type InputSpec, readInputs } from '../../../src/contract/index.ts';

/** A contract with one input called `it`. */
export function oneInput<const S extends InputSpec>(spec: S) {
  return defineContract({
    name: 'sample',
    summary: '',
    description: '',
    inputs: { it: spec },
    rules: [],
    outputs: {},
  });
}

/** What the text is read as. */
export async function readAs(spec: InputSpec, text: string): Promise<unknown> {
  const { inputs, problems } = await readInputs(oneInput(spec), { it: text });
  if (inputs === undefined) throw new Error(`“${text}” ${problems[0]?.problem}`);
  return inputs.it;
}

/** What is wrong with the text. */
export async function problemOf(spec: InputSpec, text: string): Promise<string> {
  const { problems } = await readInputs(oneInput(spec), { it: text });
  return problems[0]?.problem ?? 'nothing';
}
