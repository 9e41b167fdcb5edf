import { parseJsonPath } from '../base/index.ts';

/** Inputs about the prober, and about how it learns which version answered. */
export const url = {
  kind: 'string',
  description:
    'Address of the real entry point, as callers use it; it is asked all through the release to count lost requests.',
  shape: 'an `http://` or `https://` address',
  pattern: /https?:\/\/[^\s/?#]+[^\s#]*/,
  flawOf: flawOfAddress('name an address that answers without'),
  example: 'https://shop.example.com/health',
} as const;

export const host = {
  kind: 'string',
  description: 'Host name to ask for when `probe-url` names an address instead of the public name.',
  shape: 'a host name, with a port when it is not the usual one',
  pattern: /[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?/,
  example: 'shop.example.com',
} as const;

export const rate = {
  kind: 'number',
  default: '10',
  min: 0.1,
  max: 1000,
  unit: 'requests/s',
  description:
    'How many requests per second are sent to the entry point. The more, the finer a loss is seen: none lost of N bounds the share by 3/N.',
  example: '50',
} as const;

export const from = {
  kind: 'enum',
  values: ['runner', 'cluster', 'none'],
  default: 'runner',
  description:
    '`runner`: from where this runs. `cluster`: from a short-lived pod, for a runner that cannot reach the service; it takes `probe-image`. ' +
    '`none`: nothing is asked, and the outcome says that loss was not measured.',
} as const;

export const image = {
  kind: 'string',
  description:
    'Image of the pod that probes with `probe-from: cluster`: any with Node 20 or later. Nothing else in it is used.',
  shape: 'an image',
  pattern: /[\w][\w./:@-]*/,
  quote: true,
  example: 'docker.io/library/node:24-slim',
} as const;

export const versionHeader = {
  kind: 'string',
  default: 'x-version',
  description: 'Response header in which the app says its version. It proves which version answered.',
  shape: 'the name of a header',
  pattern: /[\w!#$%&'*+.^`|~-]+/,
  maxLength: 100,
  example: 'x-app-version',
} as const;

export const versionJsonpath = {
  kind: 'string',
  description: 'JSONPath into the answer in which the app says its version, instead of a header.',
  shape: 'a JSONPath to one value',
  pattern: /\$.+/,
  flawOf: (text: string) =>
    parseJsonPath(text) === undefined ? 'names no single value: it takes names and indices only' : undefined,
  example: '$.build.version',
} as const;

/** What is wrong with the address of a URL; `instead` says what to do where it holds credentials. */
export function flawOfAddress(instead: string): (text: string) => string | undefined {
  return (text) => {
    if (!URL.canParse(text)) return 'is no address: look at its host and port';
    const { username, password } = new URL(text);
    return username === '' && password === ''
      ? undefined
      : `holds a user name or password, which would never be sent, but stand in the report: ${instead}`;
  };
}
