import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { at, isJsonObject } from '../../src/base/index.ts';
import { root } from '../../tools/build/root.ts';
import { pathOfCall } from './driver/read-workflow.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** What the parser of GitHub lets pass and a run would stumble over, or worse, would not: names that lead nowhere. */
export function findFlaws(text: string): readonly string[] {
  const workflow: unknown = parse(text);
  const jobs = mapping(at(workflow, 'jobs'));
  const outputs = JSON.stringify(at(workflow, 'on', 'workflow_call', 'outputs') ?? {});
  return [
    ...Object.entries(jobs).flatMap(([id, job]) => flawsOfJob(job, jobs).map((flaw) => `${id}: ${flaw}`)),
    ...danglingNames(outputs, 'jobs', (id) => outputsOfJob(jobs[id])),
  ];
}

function flawsOfJob(job: unknown, jobs: Mapping): readonly string[] {
  const steps = stepsOf(job);
  const needed = [at(job, 'needs')].flat();
  const text = JSON.stringify(job);
  const ofStep = (id: string) => outputsOfStep(steps.find((step) => step.id === id));
  return [
    ...steps.flatMap(flawsOfStep),
    ...danglingNames(text, 'steps', ofStep),
    ...danglingNames(text, 'needs', (id) => (needed.includes(id) ? outputsOfJob(jobs[id]) : undefined)),
  ];
}

function flawsOfStep({ uses, with: given }: Mapping): readonly string[] {
  if (typeof uses !== 'string') return [];
  const action = readOurs(uses);
  if (action === undefined)
    return /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses) ? [] : [`${uses} is not pinned by a commit`];
  const declared = mapping(at(action, 'inputs'));
  const names = Object.keys(mapping(given));
  const required = Object.keys(declared).filter((name) => at(declared, name, 'required') === true);
  return [
    ...names.filter((name) => !(name in declared)).map((name) => `${uses} has no input ${name}`),
    ...required.filter((name) => !names.includes(name)).map((name) => `${uses} is not given ${name}`),
  ];
}

/** The names of `steps.ID.outputs.NAME` and its like that nothing sets. */
function danglingNames(
  text: string,
  context: string,
  outputsOf: (id: string) => readonly string[] | undefined,
): readonly string[] {
  const uses = text.matchAll(new RegExp(`\\b${context}\\.([\\w-]+)\\.outputs\\.([\\w-]+)`, 'g'));
  return [...uses].flatMap(([use, id = '', name = '']) =>
    outputsOf(id)?.includes(name) === true ? [] : [`nothing sets ${use}`],
  );
}

function outputsOfJob(job: unknown): readonly string[] | undefined {
  const calls = at(job, 'uses');
  if (typeof calls !== 'string') return Object.keys(mapping(at(job, 'outputs')));
  const called: unknown = parse(readFileSync(join(root, pathOfCall(calls)), 'utf8'));
  return Object.keys(mapping(at(called, 'on', 'workflow_call', 'outputs')));
}

function outputsOfStep(step: Mapping | undefined): readonly string[] | undefined {
  if (typeof step?.run === 'string')
    return [...step.run.matchAll(/([\w-]+)(?==|<<)/g)].map(([, name = '']) => name);
  return typeof step?.uses === 'string'
    ? Object.keys(mapping(at(readOurs(step.uses), 'outputs')))
    : undefined;
}

function readOurs(uses: string): unknown {
  const [, name] = /^(?:streamgate\/streamgate|\.)\/actions\/([a-z-]+)(?:@v1)?$/.exec(uses) ?? [];
  if (name === undefined) return undefined;
  const action: unknown = parse(readFileSync(join(root, 'actions', name, 'action.yml'), 'utf8'));
  return action;
}

function stepsOf(job: unknown): readonly Mapping[] {
  const steps = at(job, 'steps');
  return Array.isArray(steps) ? steps.map(mapping) : [];
}

function mapping(value: unknown): Mapping {
  return isJsonObject(value) ? value : {};
}
