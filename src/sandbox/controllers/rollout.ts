/** One ReplicaSet of a Deployment, as far as the arithmetic of a rollout goes. */
export interface SetSize {
  readonly name: string;
  /** What it was told to have. */
  readonly replicas: number;
  readonly available: number;
  /** `max-replicas` that it was last scaled under. */
  readonly maxReplicas: number;
}

export interface Rollout {
  readonly replicas: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  readonly current: SetSize;
  /** Oldest first. */
  readonly old: readonly SetSize[];
}

/** New sizes by name; sets that keep theirs are absent. */
export type Sizes = ReadonlyMap<string, number>;

/**
 * Whole numbers of pods for a strategy's limits. Percentages of surge round up, those of unavailability down; when both
 * come to nothing one pod may be unavailable, or the rollout could never move.
 */
export function resolveLimits(
  replicas: number,
  strategy: { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string },
): { readonly maxSurge: number; readonly maxUnavailable: number } {
  const maxSurge = resolve(strategy.maxSurge ?? '25%', replicas, Math.ceil);
  const maxUnavailable = Math.min(replicas, resolve(strategy.maxUnavailable ?? '25%', replicas, Math.floor));
  return maxSurge === 0 && maxUnavailable === 0
    ? { maxSurge, maxUnavailable: 1 }
    : { maxSurge, maxUnavailable };
}

function resolve(value: number | string, of: number, round: (value: number) => number): number {
  return typeof value === 'string' && value.endsWith('%')
    ? round((Number.parseFloat(value) * of) / 100)
    : Number(value);
}

/** The next move of a rolling update: first the new set grows as far as the surge allows, then old ones shrink. */
export function rollOn(rollout: Rollout): Sizes {
  const grown = growCurrent(rollout);
  if (grown !== rollout.current.replicas) return new Map([[rollout.current.name, grown]]);
  return shrinkOld(rollout);
}

function growCurrent({ replicas, maxSurge, current, old }: Rollout): number {
  if (current.replicas >= replicas) return replicas;
  const room = replicas + maxSurge - total([current, ...old]);
  return room <= 0 ? current.replicas : current.replicas + Math.min(room, replicas - current.replicas);
}

function shrinkOld({ replicas, maxUnavailable, current, old }: Rollout): Sizes {
  const minAvailable = replicas - maxUnavailable;
  const currentUnavailable = Math.max(0, current.replicas - current.available);
  let allowance = total([current, ...old]) - minAvailable - currentUnavailable;
  if (allowance <= 0 || total(old) === 0) return new Map();
  const sizes = new Map(old.map((set) => [set.name, set.replicas]));
  // Pods that serve nobody go first: they cost nothing.
  for (const set of old) {
    const dead = Math.min(allowance, Math.max(0, set.replicas - set.available));
    sizes.set(set.name, set.replicas - dead);
    allowance -= dead;
  }
  let spare = Math.min(allowance, current.available + available(old) - minAvailable);
  for (const set of old) {
    const size = sizes.get(set.name) ?? 0;
    const fewer = Math.max(0, Math.min(size, spare));
    sizes.set(set.name, size - fewer);
    spare -= fewer;
  }
  return changed(old, sizes);
}

/**
 * A Deployment whose size changed: one set takes it all; in the middle of a rollout each set takes its share, so that
 * the ratio of versions stays, and the largest takes what rounding leaves.
 */
export function resize(rollout: Rollout): Sizes {
  const { replicas, maxSurge, current, old } = rollout;
  const active = [current, ...old].filter((set) => set.replicas > 0);
  const only = active.length === 0 ? current : active.length === 1 ? active[0] : undefined;
  if (only !== undefined) return changed([only], new Map([[only.name, replicas]]));
  if (current.replicas === replicas && current.available === replicas) {
    return changed(old, new Map(old.map((set) => [set.name, 0])));
  }
  const allowed = replicas > 0 ? replicas + maxSurge : 0;
  const toAdd = allowed - total(active);
  const largestFirst = [...active].sort((a, b) => b.replicas - a.replicas);
  const sizes = new Map(active.map((set) => [set.name, set.replicas]));
  let added = 0;
  for (const set of largestFirst) {
    const share = Math.round((set.replicas * allowed) / (set.maxReplicas || total(active))) - set.replicas;
    const step =
      toAdd > 0 ? Math.max(0, Math.min(share, toAdd - added)) : Math.min(0, Math.max(share, toAdd - added));
    sizes.set(set.name, set.replicas + step);
    added += step;
  }
  const largest = largestFirst[0];
  if (largest !== undefined) {
    sizes.set(largest.name, Math.max(0, (sizes.get(largest.name) ?? 0) + toAdd - added));
  }
  return changed(active, sizes);
}

function changed(sets: readonly SetSize[], sizes: Sizes): Sizes {
  return new Map(
    [...sizes].filter(([name, size]) => sets.find((set) => set.name === name)?.replicas !== size),
  );
}

function total(sets: readonly SetSize[]): number {
  return sets.reduce((sum, set) => sum + set.replicas, 0);
}

function available(sets: readonly SetSize[]): number {
  return sets.reduce((sum, set) => sum + set.available, 0);
}
