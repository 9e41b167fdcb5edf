import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  convertWorkflowTemplate,
  isMapping,
  isSequence,
  NoOperationTraceWriter,
  parseWorkflow,
} from '@actions/workflow-parser';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { parse as parseYaml } from 'yaml';
import { root } from '../../../tools/build/root.ts';

export type Token = TemplateToken;

/** A workflow as GitHub's own parser reads it. What may hold expressions is kept as tokens, for their time to come. */
export interface Workflow {
  readonly name: string;
  readonly on: Token | undefined;
  readonly env: Token | undefined;
  readonly jobs: readonly Job[];
}

export interface Job {
  readonly id: string;
  readonly needs: readonly string[];
  /** With `success()` in front where no status function is named. */
  readonly condition: Token;
  readonly env: Token | undefined;
  readonly outputs: Token | undefined;
  /** A job of its own has steps; one that calls a workflow has `calls`, and what it hands over. */
  readonly steps: readonly Step[];
  readonly calls: string | undefined;
  readonly given: Token | undefined;
  readonly secrets: Token | undefined;
}

export interface Step {
  readonly id: string;
  readonly condition: Token;
  readonly uses: string | undefined;
  readonly given: Token | undefined;
  readonly run: Token | undefined;
  readonly env: Token | undefined;
  readonly continueOnError: Token | undefined;
}

/** What a driver can leave out, since it changes nothing about what one run of a workflow does. */
const passive = ['name', 'permissions', 'runs-on', 'timeout-minutes', 'concurrency', 'environment'];
const jobKeys = [...passive, 'needs', 'if', 'env', 'outputs', 'steps', 'uses', 'with', 'secrets'];
const stepKeys = ['id', 'name', 'if', 'uses', 'with', 'run', 'env', 'continue-on-error', 'timeout-minutes'];
const rootKeys = [...passive, 'run-name', 'on', 'env', 'jobs'];

/** Reads a file of the clone by its path from there. Throws when the parser finds anything, or the driver cannot run it. */
export async function readWorkflow(path: string): Promise<Workflow> {
  return parse(basename(path), readFileSync(join(root, path), 'utf8'));
}

export async function parse(name: string, content: string): Promise<Workflow> {
  await checkWorkflow(name, content);
  // Of a text over several lines the parser keeps the indentation, for the sake of editors; of one in JSON it cannot.
  const { template, value } = await checkWorkflow(name, JSON.stringify(parseYaml(content)));
  refuseUnknown(value, rootKeys);
  const jobs = template.jobs.map((job): Job => {
    const raw = child(value, 'jobs', job.id.value);
    refuseUnknown(raw, jobKeys);
    const steps = child(raw, 'steps');
    return {
      id: job.id.value,
      needs: job.needs?.map((need) => need.value) ?? [],
      condition: job.if,
      env: child(raw, 'env'),
      outputs: child(raw, 'outputs'),
      steps: job.type === 'job' ? job.steps.map((step, n) => readStep(step, item(steps, n))) : [],
      calls: job.type === 'job' ? undefined : job.ref.value,
      given: child(raw, 'with'),
      secrets: child(raw, 'secrets'),
    };
  });
  return { name, on: child(value, 'on'), env: child(value, 'env'), jobs };
}

/** What the parser makes of a file; throws when it finds anything wrong. */
export async function checkWorkflow(name: string, content: string) {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const template = value && (await convertWorkflowTemplate(context, value, provider, depth));
  const errors = context.errors.getErrors().map(({ message }) => message);
  if (errors.length > 0 || template === undefined) throw new Error([`${name}:`, ...errors].join('\n'));
  return { template, value };
}

function readStep(step: { readonly id: string; readonly if?: Token }, raw: Token | undefined): Step {
  refuseUnknown(raw, stepKeys);
  if (step.if === undefined)
    throw new Error(`the step ${step.id} is of a kind that this driver does not run`);
  return {
    id: step.id,
    condition: step.if,
    uses: child(raw, 'uses')?.assertString('uses').value,
    given: child(raw, 'with'),
    run: child(raw, 'run'),
    env: child(raw, 'env'),
    continueOnError: child(raw, 'continue-on-error'),
  };
}

/** The token below a mapping, by its keys. */
export function child(token: Token | undefined, ...keys: readonly string[]): Token | undefined {
  return keys.reduce<Token | undefined>(
    (at, key) => (at !== undefined && isMapping(at) ? at.find(key) : undefined),
    token,
  );
}

/** Keys and values of a mapping; none of anything else. */
export function entriesOf(token: Token | undefined): readonly (readonly [string, Token])[] {
  if (token === undefined || !isMapping(token)) return [];
  return [...token].map(({ key, value }) => [key.toString(), value] as const);
}

function item(token: Token | undefined, n: number): Token | undefined {
  return token !== undefined && isSequence(token) ? token.get(n) : undefined;
}

/** To leave out silently what a workflow says would be to test another workflow. */
function refuseUnknown(token: Token | undefined, known: readonly string[]): void {
  const unknown = entriesOf(token).filter(([key]) => !known.includes(key));
  if (unknown.length > 0)
    throw new Error(`this driver does not know ${unknown.map(([key]) => key).join(', ')}`);
}

/** Where a reusable workflow stands: ours by full reference or by path, and no other. */
export function pathOfCall(reference: string): string {
  const [, path] =
    /^(?:streamgate\/streamgate|\.)\/(\.github\/workflows\/[\w.-]+\.yml)(?:@v1)?$/.exec(reference) ?? [];
  if (path === undefined) throw new Error(`${reference} is no workflow of this repository`);
  return path;
}

/** With the workflow that is called at hand, the parser checks what is handed to it. */
const depth = { fetchReusableWorkflowDepth: 1 };
const provider = {
  getFileContent: async (reference: { readonly path: string }) => ({
    name: reference.path,
    content: readFileSync(join(root, reference.path), 'utf8'),
  }),
};
