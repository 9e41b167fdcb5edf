import type { Parts } from './answer.ts';
import type { sources } from './sources.ts';

/** Manifests of one app in a public repository, and what is true of them: found by reading them, not by running anything. */
export interface PublicSet {
  readonly name: string;
  readonly source: keyof typeof sources;
  /** Paths in the repository; a folder, with a slash at its end, stands for the manifests directly inside. */
  readonly files: readonly string[];
  readonly app: string;
  /** `default` when left out. */
  readonly namespace?: string;
  /** As the inputs of the same names. */
  readonly workload?: string;
  readonly service?: string;
  /** Its namespace is not there yet. */
  readonly withoutNamespace?: boolean;
  readonly expected: Expected;
  /** Two versions are released, and the way back is taken, with images that stand in for its own. */
  readonly released?: boolean;
}

export interface Expected {
  readonly outcome: 'planned' | 'refused';
  /** One part of each sentence: every refusal, or every warning; no others may be told. */
  readonly told: readonly string[];
  readonly parts: Partial<Parts>;
}

const nothingBeside = { followers: [], routes: [], autoscalers: [], budgets: [], others: 0 };

/** A release could begin; parts that are not named are not there. */
export function planned(parts: Partial<Parts>, ...warnings: readonly string[]): Expected {
  return { outcome: 'planned', told: warnings, parts: { ...nothingBeside, ...parts } };
}

export function refused(...because: readonly string[]): Expected {
  return { outcome: 'refused', told: because, parts: {} };
}

// What many of them are told.
export const noProbe = (workload: string) => `Deployment ${workload} has no readinessProbe`;
export const noStop = (container: string, workload: string) =>
  `Container ${container} of Deployment ${workload} has no preStop hook`;
export const forKustomize = 'this is for kustomize and no Kubernetes object';
export const aTemplate = 'it holds `{{ … }}`, as a template does';
