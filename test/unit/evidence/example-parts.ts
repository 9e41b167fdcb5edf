import type {
  Environment,
  RunFacts,
  Side,
  StepOutcome,
  StepRecord,
  Traffic,
  TrafficBin,
  VersionTraffic,
} from '../../../src/evidence/index.ts';

export const begin = Date.UTC(2026, 2, 14, 14, 3, 5, 120);

export function instant(offsetMs: number): string {
  return new Date(begin + offsetMs).toISOString();
}

export const environment: Environment = {
  streamgate: '0.1.0',
  node: '24.21.0',
  kubernetes: 'v1.36.2',
  platform: 'linux/x64',
};

export const run: RunFacts = {
  repository: 'acme/shop',
  commit: '6f1d0c2b9e4a7358d0c1b2a3948576fedcba0123',
  ref: 'refs/heads/main',
  runId: '9182736450',
  runAttempt: '1',
  actor: 'mira',
  runUrl: 'https://github.com/acme/shop/actions/runs/9182736450',
};

export function side(slot: 'blue' | 'green', revision: number, version: string): Side {
  return {
    slot,
    revision,
    images: [`registry.example/acme/shop:${version}@sha256:${version.charCodeAt(1)}ab4f9c01`],
    versions: [version],
    replicas: 3,
  };
}

/** Steps one after another: id, title, outcome, duration in ms, what it saw. */
export function steps(
  ...listed: readonly (readonly [string, string, StepOutcome, number, string?])[]
): readonly StepRecord[] {
  let offset = 40;
  return listed.map(([id, title, outcome, durationMs, detail = '']) => {
    const began = outcome !== 'skipped' && outcome !== 'planned';
    const record = { id, title, outcome, startedAt: began ? instant(offset) : null, durationMs, detail };
    if (began) offset += durationMs;
    return record;
  });
}

/** The hand-over as seen in slices of 250 ms: both versions answer between two instants, then one. */
export function handOver(options: {
  readonly slices: number;
  readonly perSlice: number;
  readonly from: number;
  readonly to: number;
  readonly back?: number;
  readonly failing?: (slice: number) => number;
}): readonly TrafficBin[] {
  return Array.from({ length: options.slices }, (_, slice) => {
    const forward = Math.min(1, Math.max(0, (slice - options.from) / Math.max(1, options.to - options.from)));
    const share = options.back !== undefined && slice >= options.back ? 0 : forward;
    const candidate = Math.round(options.perSlice * share);
    const failed = Math.min(candidate === 0 ? options.perSlice : candidate, options.failing?.(slice) ?? 0);
    return {
      offsetMs: slice * 250,
      stable: options.perSlice - candidate - (candidate === 0 ? failed : 0),
      candidate: candidate === 0 ? 0 : candidate - failed,
      unknown: 0,
      failed,
    };
  });
}

export function answers(
  version: string,
  role: 'stable' | 'candidate',
  population: 'kept' | 'fresh',
  count: number,
  between: readonly [number, number],
  failed = 0,
): VersionTraffic {
  const [first, last] = between;
  return {
    version,
    role,
    population,
    answers: count,
    failed,
    firstAt: instant(first),
    lastAt: instant(last),
  };
}

/** Traffic of 200 requests/s that began 6 s after the run; the parts that differ are handed in. */
export function traffic(
  parts: Pick<
    Traffic,
    'planned' | 'failed' | 'byClass' | 'byAttribution' | 'byVersion' | 'cutoverMs' | 'bins'
  > &
    Partial<Traffic>,
): Traffic {
  return {
    url: 'http://shop.example/checkout?probe=1',
    host: 'shop.example',
    from: 'runner',
    versionSource: 'header x-app-version',
    ratePerSecond: 200,
    startedAt: instant(6_000),
    durationMs: parts.bins.length * 250,
    bound95: parts.failed === 0 && parts.planned > 0 ? 3 / parts.planned : null,
    lagP99Ms: 1.4,
    latencyMs: { p50: 3.1, p99: 11.8, max: 48.2 },
    binMs: 250,
    failures: [],
    keptConnections: null,
    ...parts,
  };
}
