import type { Milliseconds } from './clock.ts';

/** Share of traffic in percent, a whole number from 0 to 100. */
export type Weight = number;

const durationUnits: Readonly<Record<string, Milliseconds>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads `90s`, `5m`, `1h30m`, `250ms`. Undefined when it is none: a bare number has no unit and is none. */
export function parseDuration(text: string): Milliseconds | undefined {
  if (text === '0') return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) {
    total += Number(amount) * (durationUnits[unit ?? ''] ?? Number.NaN);
  }
  return Number.isFinite(total) ? total : undefined;
}

/** The shortest text that a person reads at a glance: `250 ms`, `2.6 s`, `4 min 10 s`, `2 h`. */
export function formatDuration(ms: Milliseconds): string {
  if (!Number.isFinite(ms)) return 'unknown';
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trimZero((ms / 1_000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .slice(0, 2)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** A share as an upper bound: two digits that count, rounded up, since a bound may not look smaller than it is. `0.26 %` */
export function formatBound(share: number): string {
  const value = Math.min(100, share * 100);
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return `${Number((Math.ceil(value / step - 1e-9) * step).toPrecision(2))} %`;
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

const quantitySuffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * Reads a Kubernetes quantity (`250m`, `1.5Gi`, `2e3`) as a number of base units (cores, bytes).
 * Undefined when it is none. Grammar: k8s.io/apimachinery/pkg/api/resource.
 */
export function parseQuantity(text: string): number | undefined {
  const match = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text);
  if (match === null) return undefined;
  const [, digits = '', exponent = '', suffix = ''] = match;
  const value = Number(digits + exponent) * (quantitySuffixes[suffix] ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
