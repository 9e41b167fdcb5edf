import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobLog } from './job-log.ts';
import { type CancelWaits, type Place, runnerWaits, type StandIn } from './place.ts';
import { type Event, readInputs, type Values } from './read-inputs.ts';
import type { Workflow } from './read-workflow.ts';
import { type JobResult, runJob } from './run-job.ts';
import { type JobHost, type JobsResult, runJobs } from './run-jobs.ts';

type Texts = Readonly<Record<string, string>>;

export interface RunOptions {
  readonly workflow: Workflow;
  readonly event: Event;
  readonly inputs?: Values;
  readonly secrets?: Texts;
  readonly vars?: Texts;
  /** Folder with `actions/` and `dist/`: the output of a build. */
  readonly from: string;
  readonly standIns?: Readonly<Record<string, StandIn>>;
  /** Number of the run; later runs have higher ones. */
  readonly runId?: number;
  readonly waits?: CancelWaits;
}

export interface WorkflowResult extends JobsResult {
  /** By path; jobs of a called workflow stand below the job that calls it: `release/recover`. */
  readonly jobs: Readonly<Record<string, JobResult>>;
}

export interface StartedWorkflow {
  readonly result: Promise<WorkflowResult>;
  /** What all jobs have said: as it is shown, and as it would be if the runner hid nothing. */
  log(): { readonly shown: string; readonly unmasked: string };
  /** What a person does who cancels the run. */
  cancel(): void;
  /** Takes the machine of a job away. */
  loseRunner(path: string): void;
}

const facts = {
  repository: 'octo-org/shop',
  sha: 'ffac537e6cbbf934b08745a378932722df287a53',
  ref: 'refs/heads/main',
  actor: 'octocat',
  server_url: 'https://github.com',
};

/** Starts a workflow, with real processes for its steps. Everything it leaves behind on this machine is deleted. */
export function startWorkflow(options: RunOptions): StartedWorkflow {
  const { workflow, event, inputs = {}, secrets = {}, vars = {}, runId = 1 } = options;
  const temporary = mkdtempSync(join(tmpdir(), 'streamgate-workflow-'));
  const log = createJobLog(Object.values(secrets));
  const cancelled = new AbortController();
  const losses = new Map<string, AbortController>();
  const jobs: Record<string, JobResult> = {};

  function lossOf(path: string): AbortController {
    const loss = losses.get(path) ?? new AbortController();
    losses.set(path, loss);
    return loss;
  }

  /** Each job has a machine of its own. */
  function provide(path: string, name: string): Place {
    const machine = join(temporary, path.replaceAll('/', '-'));
    const workspace = join(machine, 'workspace');
    mkdirSync(workspace, { recursive: true });
    const { from, standIns = {}, waits = runnerWaits } = options;
    const variables = { GITHUB_RUN_ID: String(runId), GITHUB_JOB: name, GITHUB_WORKSPACE: workspace };
    return { from, workspace, temporary: machine, variables, standIns, waits, log };
  }

  const host: JobHost = {
    run: (job, path, contexts, signal) =>
      runJob(job, contexts, provide(path, job.id), { cancelled: signal, lost: lossOf(path).signal }),
    ended: (path, result) => {
      jobs[path] = result;
    },
    cancelled: cancelled.signal,
  };
  const github = { ...facts, event_name: event, run_id: String(runId), run_attempt: '1' };
  const contexts = { github, vars, secrets, inputs: readInputs(workflow, event, inputs) };
  const result = runJobs(workflow, contexts, '', host)
    .then((ended) => ({ ...ended, jobs }))
    .finally(() => rmSync(temporary, { recursive: true, force: true }));
  return {
    result,
    log: () => ({ shown: log.shown(), unmasked: log.unmasked() }),
    cancel: () => cancelled.abort(),
    loseRunner: (path) => lossOf(path).abort(),
  };
}
