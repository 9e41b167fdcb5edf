import type { ScalarTag } from 'yaml';

// kubectl, and the API server with it, read YAML by a library that knows the booleans of YAML 1.1 and the numbers of Go.
// A manifest has to mean here what it means to them, so what follows is their reading (kubectl 1.34), not YAML 1.2's.

/** `yes` and `on` are true; only quotes make texts of them. */
const truth: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/,
  resolve: (text) => /^(?:[yt]|on)/i.test(text),
};

/** `0400` is octal, `1_000` a thousand, `0b11` three. Whatever begins like a number and is none stays a text. */
const number: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^(?![-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$)[-+.\d]/,
  resolve: (text) => numberOf(text.replaceAll('_', '')) ?? text,
};

/** To stand before those of the library. */
export const scalarTags: readonly ScalarTag[] = [truth, number];

function numberOf(text: string): number | undefined {
  const [, sign, digits = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const size = wholeNumber(digits, sign === '' ? largestUnsigned : largestSigned) ?? fraction(digits);
  if (size === undefined) return undefined;
  // No negative zero: JSON has none.
  return sign === '-' && size !== 0 ? -size : size;
}

const largestUnsigned = 2n ** 64n - 1n;
const largestSigned = 2n ** 63n;

/** Undefined for one that needs more than 64 bits: in hexadecimal, as an address on a blockchain, that is a text. */
function wholeNumber(digits: string, largest: bigint): number | undefined {
  const known = /^(?:0|[1-9]\d*|0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/.test(digits);
  if (!known) return undefined;
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits);
  return value <= largest ? Number(value) : undefined;
}

/** Undefined for one that is too large, too: that stays a text. */
function fraction(digits: string): number | undefined {
  if (!/^(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}
