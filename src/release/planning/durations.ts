import { at, type Milliseconds } from '../../base/index.ts';
import type { StepRecord } from '../../evidence/index.ts';
import { containersIn } from '../desired/pod-template.ts';
import type { Step } from '../step.ts';

/** What durations follow from. */
export interface DurationFacts {
  /** The candidate's pod template, with the server's defaults; undefined when its pods run already. */
  readonly template: unknown;
  readonly minReadySeconds: number;
  /** Pods stand in the candidate's slot and have to go first. */
  readonly clears: boolean;
  readonly observeMs: Milliseconds;
  readonly rollbackWindowMs: Milliseconds;
  /** How long steps took in earlier releases of this app, by their ids. */
  readonly history: Readonly<Record<string, Milliseconds>>;
}

/** Pulling an image that is not on its node is not in it: nobody knows how long that takes. */
const startPodMs = 3_000;
const writeMs = 100;
/** A gateway follows its route within a second mostly; then the proof wants half a second of quiet. */
const followMs = 1_000;

/** Every step as planned, with the time that it is expected to take. */
export function planSteps(steps: readonly Step[], facts: DurationFacts): readonly StepRecord[] {
  return steps.map(({ id, title }) => ({
    id,
    title,
    outcome: 'planned',
    startedAt: null,
    durationMs: facts.history[id] ?? estimate(id, facts),
    detail: '',
  }));
}

function estimate(id: string, facts: DurationFacts): Milliseconds {
  switch (id) {
    case 'candidate-ready':
      return facts.template === undefined ? writeMs : startPodMs + readyAfterMs(facts);
    case 'clear-candidate':
      return facts.clears ? goneAfterMs(facts.template) : writeMs;
    case 'smoke':
      return 1_000;
    case 'baseline':
      return 1_000;
    case 'split-route':
    case 'shift-weights':
    case 'return-route':
    case 'move-entry':
    case 'switch-entry':
    case 'return-entry':
    case 'open-ingresses':
    case 'restore-route':
    case 'open-routes':
      return followMs;
    case 'observe':
      return facts.observeMs;
    case 'retire':
      return facts.rollbackWindowMs + goneAfterMs(facts.template);
    case 'empty-abandoned':
      return goneAfterMs(facts.template);
    default:
      return writeMs;
  }
}

/** The slowest container's probes, each good at its first try, and what the Deployment wants beyond that. */
function readyAfterMs({ template, minReadySeconds }: DurationFacts): Milliseconds {
  const seconds = containersIn(at(template, 'spec')).map((container) => {
    const probe = (kind: string) =>
      Number(at(container, kind, 'initialDelaySeconds') ?? 0) +
      (at(container, kind) === undefined ? 0 : periodOf(at(container, kind)));
    return probe('startupProbe') + probe('readinessProbe');
  });
  return 1_000 * (Math.max(0, ...seconds) + minReadySeconds);
}

function periodOf(probe: unknown): number {
  return Number(at(probe, 'periodSeconds') ?? 10) * Number(at(probe, 'successThreshold') ?? 1);
}

/** A well-behaved program ends soon after its preStop hook. */
function goneAfterMs(template: unknown): Milliseconds {
  const sleeps = containersIn(at(template, 'spec')).map((container) =>
    Number(at(container, 'lifecycle', 'preStop', 'sleep', 'seconds') ?? 0),
  );
  return 1_000 * (Math.max(0, ...sleeps) + 1);
}
