import { type Contexts, evaluate, evaluateMapping, evaluateTexts, holds, type Status } from './evaluate.ts';
import { readInputs } from './read-inputs.ts';
import { child, entriesOf, type Job, pathOfCall, readWorkflow, type Workflow } from './read-workflow.ts';
import type { JobResult, Result } from './run-job.ts';

/** What all jobs of a run share, those of called workflows among them. */
export interface JobHost {
  /** Runs a job of its own; its path is `release`, or `release/recover` below a job that calls a workflow. */
  run(job: Job, path: string, contexts: Contexts, cancelled: AbortSignal): Promise<JobResult>;
  /** Hears of each job that ended, before those that need it begin. */
  ended(path: string, result: JobResult): void;
  readonly cancelled: AbortSignal;
}

export interface JobsResult {
  readonly result: Result;
  readonly outputs: Readonly<Record<string, string>>;
}

type Results = Map<string, Promise<JobResult>>;

/** Runs the jobs of a workflow, each as soon as those that it needs have ended. */
export async function runJobs(
  workflow: Workflow,
  given: Contexts,
  prefix: string,
  host: JobHost,
): Promise<JobsResult> {
  const results: Results = new Map();
  const contexts = { ...given, env: evaluateTexts(workflow.env, given) };
  // The parser refuses jobs that need one another.
  const start = (id: string): Promise<JobResult> => {
    const begun = results.get(id);
    if (begun !== undefined) return begun;
    const running = runOne(find(workflow, id));
    results.set(id, running);
    return running;
  };
  async function runOne(job: Job): Promise<JobResult> {
    await Promise.all(job.needs.map(start));
    const needs = await resultsOf(results, job.needs);
    const above = Object.values(await resultsOf(results, ancestorsOf(workflow, job)));
    const status = { ...statusOf(above), cancelled: host.cancelled.aborted };
    // Neither secrets nor variables of the environment can be seen by the condition of a job.
    const { env: _env, secrets: _secrets, ...visible }: Contexts = contexts;
    const path = prefix + job.id;
    const wanted = (now: Status) => holds(job.condition, { ...visible, needs }, now);
    const isSpared = status.cancelled || wanted({ ...status, cancelled: true });
    const result = wanted(status)
      ? await runJobOrCall(job, path, { ...contexts, needs }, isSpared ? never : host.cancelled, host)
      : skipped;
    host.ended(path, result);
    return result;
  }

  const ids = workflow.jobs.map(({ id }) => id);
  await Promise.all(ids.map(start));
  const jobs = await resultsOf(results, ids);
  const declared = entriesOf(child(workflow.on, 'workflow_call', 'outputs'));
  const outputs = declared.map(([name, token]) => [
    name,
    String(evaluate(child(token, 'value'), { ...given, jobs }) ?? ''),
  ]);
  return { result: conclude(statusOf(Object.values(jobs))), outputs: Object.fromEntries(outputs) };
}

/** Of those that run or begin when a run is cancelled, a job is spared whose condition holds even then. */
const never = new AbortController().signal;

async function runJobOrCall(
  job: Job,
  path: string,
  contexts: Contexts,
  cancelled: AbortSignal,
  host: JobHost,
): Promise<JobResult> {
  if (job.calls === undefined) return host.run(job, path, contexts, cancelled);
  const called = await readWorkflow(pathOfCall(job.calls));
  const { github, vars } = contexts;
  // Of its caller a workflow sees what it is handed, and nothing else.
  const inputs = readInputs(called, 'workflow_call', evaluateMapping(job.given, contexts));
  const secrets = evaluateTexts(job.secrets, contexts);
  const ended = await runJobs(called, { github, vars, inputs, secrets }, `${path}/`, host);
  return { ...ended, steps: {}, posts: [] };
}

const skipped: JobResult = { result: 'skipped', outputs: {}, steps: {}, posts: [] };

function find({ jobs }: Workflow, id: string): Job {
  const job = jobs.find((entry) => entry.id === id);
  if (job === undefined) throw new Error(`there is no job ${id}`);
  return job;
}

async function resultsOf(
  results: Results,
  ids: readonly string[],
): Promise<Readonly<Record<string, JobResult>>> {
  const found = ids.flatMap((id) => {
    const result = results.get(id);
    return result === undefined ? [] : [result.then((ended) => [id, ended] as const)];
  });
  return Object.fromEntries(await Promise.all(found));
}

/** A failure counts for everything after it, also past a job that was skipped. */
function ancestorsOf(workflow: Workflow, { needs }: Job): readonly string[] {
  return needs.flatMap((id) => [id, ...ancestorsOf(workflow, find(workflow, id))]);
}

function statusOf(results: readonly JobResult[]): Status {
  const some = (word: Result) => results.some(({ result }) => result === word);
  return { failed: some('failure'), cancelled: some('cancelled') };
}

function conclude({ failed, cancelled }: Status): Result {
  return failed ? 'failure' : cancelled ? 'cancelled' : 'success';
}
