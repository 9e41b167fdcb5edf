import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCommandFiles, startAction } from '../../../tools/runner.ts';
import type { Place } from './place.ts';

/** What a step is about to do, all of it evaluated. */
export interface StepWork {
  readonly uses: string | undefined;
  readonly script: string;
  readonly given: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

export interface StepEnd {
  readonly ok: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface RunningStep {
  readonly end: Promise<StepEnd>;
  signal(name: NodeJS.Signals): void;
  /** The end of the job for this step; undefined when it has nothing to do then. */
  readonly post: (() => Promise<StepEnd>) | undefined;
  dispose(): void;
}

/** Starts a step as a process of its own, or lets its stand-in do the work. */
export function startStep(work: StepWork, place: Place): RunningStep {
  if (work.uses === undefined) return startScript(work, place);
  const [, name] = /^(?:streamgate\/streamgate|\.)\/actions\/([a-z-]+)(?:@v1)?$/.exec(work.uses) ?? [];
  if (name !== undefined) return startOurs(name, work, place);
  const [repository = ''] = work.uses.split('@');
  const standIn = place.standIns[repository];
  if (standIn === undefined) throw new Error(`nothing stands in for ${work.uses}`);
  standIn(work.given, place);
  const end = Promise.resolve({ ok: true, outputs: {} });
  return { end, signal() {}, post: undefined, dispose() {} };
}

function startOurs(name: string, { given, env }: StepWork, place: Place): RunningStep {
  const action = startAction({
    from: place.from,
    name,
    inputs: given,
    env: { ...place.variables, ...env },
    workspace: place.workspace,
    onOutput: place.log.add,
  });
  const end = action.result.then(({ code, outputs }) => ({ ok: code === 0, outputs }));
  async function post(): Promise<StepEnd> {
    const result = await action.post();
    return { ok: result === undefined || result.code === 0, outputs: {} };
  }
  return { end, signal: action.signal, post, dispose: action.dispose };
}

function startScript({ script, env }: StepWork, place: Place): RunningStep {
  const temporary = mkdtempSync(join(place.temporary, 'step-'));
  const file = join(temporary, 'script.sh');
  writeFileSync(file, script);
  const files = createCommandFiles(temporary);
  const { PATH = '', HOME = '' } = process.env;
  // The other files are not read: a script that wants one of them fails here, rather than to no effect.
  const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY } = files.variables;
  const child = spawn('bash', ['-e', file], {
    cwd: place.workspace,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, CI: 'true', GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, ...place.variables, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', place.log.add);
  const end = new Promise<StepEnd>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      done({ ok: code === 0, outputs: files.read().outputs });
    });
  });
  // A runner signals the shell alone, and kills everything that is left.
  const signal = (name: NodeJS.Signals) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(name === 'SIGKILL' ? -child.pid : child.pid, name);
  };
  return { end, signal, post: undefined, dispose: () => rmSync(temporary, { recursive: true, force: true }) };
}
