import type { Document } from 'yaml';

/** What is different about a version: its environment, its manifests, the inputs of its release. */
export interface Change {
  /** Knobs of the demo service, see the head of its program. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each document of the manifests. */
  readonly edit?: (document: Document) => void;
  /** Further objects of its manifests. */
  readonly beside?: readonly object[];
  readonly inputs?: Readonly<Record<string, string>>;
}

/** Both together; of inputs and variables, those of the later one win. */
export function together(...changes: readonly Change[]): Change {
  return {
    env: Object.assign({}, ...changes.map(({ env }) => env)),
    edit: (document) => {
      for (const { edit } of changes) edit?.(document);
    },
    beside: changes.flatMap(({ beside = [] }) => beside),
    inputs: Object.assign({}, ...changes.map(({ inputs }) => inputs)),
  };
}

const container = ['spec', 'template', 'spec', 'containers', 0];

/** Changes the Deployment alone. */
export function editDeployment(
  edit: (deployment: Document, container: readonly (string | number)[]) => void,
) {
  return (document: Document) => {
    if (document.get('kind') === 'Deployment') edit(document, container);
  };
}

const limitMemory = editDeployment((deployment, at) => {
  deployment.setIn([...at, 'resources'], { limits: { memory: '192Mi' } });
});

/** What can be wrong, or only slow, with a version of the demo service. */
export const knobs = {
  /** Becomes ready, later than others. */
  startsLate: { env: { START_DELAY: '4s' } },
  neverReady: { env: { START_DELAY: '60m' } },
  /** Every second answer is a 500. */
  errs: { env: { ERROR_RATE: '0.5' } },
  /** Good in its smoke test, 500 under real traffic. */
  errsUnderTraffic: { env: { ERROR_AFTER: '40' } },
  /** Takes application requests and never answers; its probes are good. */
  hangs: { env: { HANG: '1' } },
  exitsAtOnce: { env: { EXIT_ON_SIGTERM: '1' } },
  noPreStop: {
    edit: editDeployment((deployment, at) => {
      deployment.deleteIn([...at, 'lifecycle']);
    }),
  },
  /** Takes more memory than its limit while it is tested: a written check asks ten times. */
  outOfMemory: { env: { LEAK: '80' }, edit: limitMemory },
  /** Has enough for its smoke test, and too little for real traffic. */
  outOfMemoryUnderTraffic: { env: { LEAK: '4' }, edit: limitMemory },
} as const satisfies Readonly<Record<string, Change>>;
