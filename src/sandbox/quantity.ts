import { parseQuantity } from '../base/index.ts';

/** A Kubernetes quantity as a number of cores or bytes; what cannot be read counts as nothing. */
export function readQuantity(value: unknown): number {
  return parseQuantity(String(value ?? '0')) ?? 0;
}

const decimal = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The shortest exact spelling, as the API server canonicalises it: `1500m`, `2`, `1536Mi`. */
export function showQuantity(value: number): string {
  const thousandths = Math.round(value * 1_000);
  if (thousandths % 1_000 !== 0) return `${thousandths}m`;
  const whole = thousandths / 1_000;
  const inBinary = divideOut(whole, 1_024);
  if (inBinary.steps > 0) return `${inBinary.rest}${binary[inBinary.steps]}`;
  const inDecimal = divideOut(whole, 1_000);
  return `${inDecimal.rest}${decimal[inDecimal.steps]}`;
}

function divideOut(value: number, base: number): { readonly rest: number; readonly steps: number } {
  let rest = value;
  let steps = 0;
  while (rest !== 0 && rest % base === 0 && steps < 6) {
    rest /= base;
    steps += 1;
  }
  return { rest, steps };
}
