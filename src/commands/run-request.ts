import type { RunRequest, StepListener } from '../release/index.ts';
import type { Host } from './command.ts';
import { processOf } from './recover.ts';

/** What every request to the engine takes from the place where the command runs. */
export function requestFromHost(
  host: Host,
): Pick<RunRequest, 'clock' | 'log' | 'signal' | 'run' | 'process' | 'listener'> {
  const { clock, log, signal, run } = host;
  return { clock, log, signal, run, process: processOf(host), listener: listenerOf(host) };
}

function listenerOf({ progress }: Host): StepListener {
  return {
    plan: (steps) => progress.plan(steps),
    begin: ({ id }) => progress.begin(id),
    end: ({ id }, outcome, detail) => progress.end(id, outcome, detail),
  };
}
