import type { Milliseconds } from '../base/index.ts';

/** What would become of an object. */
export type ChangeAction = 'create' | 'change' | 'unchanged';

/** One field that would be another. Values of configuration are never told, only whether they differ. */
export interface FieldChange {
  /** `spec.template.spec.containers[app].image` */
  readonly path: string;
  /** Null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface ObjectChange {
  /** `Deployment shop/shop-green` */
  readonly object: string;
  readonly action: ChangeAction;
  /** What it was compared with: `Deployment shop/shop-blue, which is live`; null for itself as it stands. */
  readonly against: string | null;
  /** At most 200, the first ones. */
  readonly fields: readonly FieldChange[];
}

/** What the pods of one slot ask the cluster for. Null where no container says. */
export interface SlotCapacity {
  readonly role: 'stable' | 'candidate';
  readonly slot: 'blue' | 'green';
  readonly replicas: number;
  /** Of all its pods, in thousandths of a core. */
  readonly cpuMillis: number | null;
  /** Of all its pods. */
  readonly memoryBytes: number | null;
}

/** An object whose selector finds pods of this app. */
export interface SelectorMatch {
  /** `NetworkPolicy shop/allow-web` */
  readonly object: string;
  /** What it does to the pods that it selects: `sends traffic`. */
  readonly effect: string;
  /** Whether it finds the pods of the stable version; null when there are none. */
  readonly stable: boolean | null;
  /** Whether it would find those of the candidate. */
  readonly candidate: boolean;
}

/** What a run would do, found without changing anything. */
export interface Plan {
  readonly objects: readonly ObjectChange[];
  /** Of all steps together; each step says its own. */
  readonly durationMs: Milliseconds;
  /** `history`: from earlier releases of this app, where they are known. `estimate`: from probes and settings alone. */
  readonly basis: 'history' | 'estimate';
  /** Both slots while both run; the candidate alone in a first release. */
  readonly capacity: readonly SlotCapacity[];
  readonly selectors: readonly SelectorMatch[];
  /** The permissions that it takes, as YAML. */
  readonly role: string;
  /** What could not be seen, and why. */
  readonly notes: readonly string[];
}
