import { at, isJsonObject, type Json, StreamGateError } from '../../base/index.ts';
import type { Names, Slot } from '../slots/names.ts';
import type { PastRun } from './past-runs.ts';

export const journalSchema = 'streamgate.journal/v1';

/** `eject` hands an app back as plain objects. It only ever goes on: what it began is ended by the same command. */
export type Strategy = 'blue-green' | 'rollback' | 'eject';

/**
 * running: steps are being done. undoing: they are being reversed. parked: stopped on purpose at a proven preview.
 * promoted: the candidate serves, the old slot is warm. The others are ends.
 */
export type Phase = 'running' | 'undoing' | 'parked' | 'promoted' | 'retired' | 'aborted' | 'rolled-back';

/** One version in one slot. */
export interface Placement {
  readonly slot: Slot;
  readonly revision: number;
}

/** A version that no longer serves; its pods may still be warm. */
export interface WarmPlacement extends Placement {
  readonly warm: boolean;
  /** RFC 3339: until when the pods are kept on purpose. */
  readonly keepUntil: string;
}

export interface JournaledStep {
  readonly id: string;
  /** doing: written before the first change. A killed run is found in this state. */
  readonly state: 'doing' | 'done' | 'undone';
  /** What stood there before, as far as the undo needs it. Never Secret data. */
  readonly before: Json;
}

export interface JournaledRelease {
  readonly id: string;
  readonly strategy: Strategy;
  readonly phase: Phase;
  readonly commit: string;
  readonly runId: string;
  readonly runAttempt: string;
  readonly actor: string;
  readonly startedAt: string;
  readonly candidate: Placement;
  /** Null for the first release. */
  readonly stable: Placement | null;
  /** Takes over what ran before: if the release is undone, so is that. */
  readonly adopts?: true;
  /** RFC 3339: until when a parked preview waits to be gone on with. */
  readonly parkedUntil?: string;
  /** A rollback that was only tried: if its run dies, it is put back and never gone on with. */
  readonly drill?: true;
  /** `sha256:` of the candidate's pod template as it was given. */
  readonly template: string;
  readonly steps: readonly JournaledStep[];
}

/** Which run last gave an app its traffic. */
export interface CommitOrder {
  readonly runId: string;
  readonly commit: string;
}

/** All that is known about an app between two runs. Lives in the ConfigMap `streamgate-<app>`. */
export interface Journal {
  readonly schema: typeof journalSchema;
  readonly names: Names;
  /** Who releases this app; empty when unknown. */
  readonly repository: string;
  /** Number of the last lock under which this journal was written. */
  readonly token: number;
  /** Number of the last revision given out. */
  readonly lastRevision: number;
  readonly live: Placement | null;
  /** What a rollback goes back to. */
  readonly previous: WarmPlacement | null;
  readonly release: JournaledRelease | null;
  /** The run that last gave the app its traffic; null when that was nobody's workflow. */
  readonly order: CommitOrder | null;
  /** How long the last runs took, oldest first. Absent in journals of before. */
  readonly runs?: readonly PastRun[];
}

export function newJournal(names: Names, repository: string): Journal {
  return {
    schema: journalSchema,
    names,
    repository,
    token: 0,
    lastRevision: 0,
    live: null,
    previous: null,
    release: null,
    order: null,
  };
}

/** Reads a journal that some version of us wrote. Throws `Refused` with the way out when it cannot be trusted. */
export function parseJournal(text: string, where: string): Journal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged(where, 'it is no JSON', cause);
  }
  const schema = at(value, 'schema');
  if (schema !== journalSchema) {
    throw new StreamGateError(
      'Refused',
      `The journal in ${where} has schema ${String(schema)}; this version reads ${journalSchema}`,
      {
        remedy: 'Use the version of StreamGate that wrote it, or a newer one.',
      },
    );
  }
  const problem = findProblem(value);
  if (problem !== undefined) throw damaged(where, problem);
  // The order came later than the schema: a journal without it has none.
  return { ...(value as Journal), order: (value as Partial<Journal>).order ?? null };
}

function findProblem(value: unknown): string | undefined {
  const names = at(value, 'names');
  if (!isJsonObject(names)) return 'it has no names';
  for (const key of ['app', 'namespace', 'entry']) {
    if (typeof names[key] !== 'string') return `names.${key} is missing`;
  }
  for (const kind of ['deployments', 'services']) {
    for (const slot of ['blue', 'green']) {
      if (typeof at(names, kind, slot) !== 'string') return `names.${kind}.${slot} is missing`;
    }
  }
  if (!Array.isArray(names.routes)) return 'names.routes is missing';
  for (const key of ['token', 'lastRevision']) {
    if (!Number.isSafeInteger(at(value, key))) return `${key} is no whole number`;
  }
  const release = at(value, 'release');
  if (release !== null && !Array.isArray(at(release, 'steps'))) return 'release.steps is missing';
  return undefined;
}

function damaged(where: string, problem: string, cause?: unknown): StreamGateError {
  return new StreamGateError('Refused', `The journal in ${where} is damaged: ${problem}`, {
    cause,
    remedy:
      'Nothing was touched. Bring the app into a good state by hand (the `howto` key beside the journal names the commands), ' +
      'then restore the ConfigMap from a backup.',
  });
}

/** What stood there before a step of a release, as the step wrote it down; undefined when it never began. */
export function beforeOf({ steps }: JournaledRelease, id: string): Json | undefined {
  return steps.find((step) => step.id === id)?.before;
}

/** The way back whose slot still holds it: its pods are warm, or they were let go and nothing came after them. */
export function heldWayBack({ previous, release }: Journal): WarmPlacement | null {
  return previous?.warm || release?.phase === 'retired' ? previous : null;
}

/** The release with one step's state changed or appended. */
export function withStep(release: JournaledRelease, step: JournaledStep): JournaledRelease {
  const index = release.steps.findIndex(({ id }) => id === step.id);
  const steps = index < 0 ? [...release.steps, step] : release.steps.with(index, step);
  return { ...release, steps };
}

export function isInFlight(release: JournaledRelease | null): release is JournaledRelease {
  return (
    release !== null &&
    (release.phase === 'running' || release.phase === 'undoing' || release.phase === 'parked')
  );
}
