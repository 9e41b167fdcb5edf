import { evaluateMapping } from './evaluate.ts';
import { child, entriesOf, type Token, type Workflow } from './read-workflow.ts';

export type Event = 'push' | 'workflow_call' | 'workflow_dispatch';
export type Values = Readonly<Record<string, unknown>>;

/** What a workflow is given, by its own declaration: wrong names and types end it, what is left out has its default. */
export function readInputs({ name, on }: Workflow, event: Event, given: Values): Values {
  const declared = entriesOf(child(on, event, 'inputs'));
  const unknown = Object.keys(given).filter((key) => !declared.some(([known]) => known === key));
  if (unknown.length > 0) throw new Error(`${name} has no input ${unknown.join(', ')}`);
  return Object.fromEntries(declared.map(([key, token]) => [key, readInput(key, token, given[key])]));
}

const empty = { boolean: false, number: 0, string: '' };

function readInput(name: string, declaration: Token, given: unknown): unknown {
  const { type, required, default: fallback } = evaluateMapping(declaration, {});
  if (given === undefined && required === true) throw new Error(`the input ${name} is required`);
  const kind = type === 'boolean' || type === 'number' ? type : 'string';
  const value = given ?? fallback ?? empty[kind];
  if (typeof value !== kind) throw new Error(`the input ${name} is a ${typeof value}, not a ${kind}`);
  return value;
}
