import { describe, expect, it } from '@jest/globals';
import { proxyFor } from '../../../src/cluster/proxy-for.ts';

const asked = (server: string, environment: Readonly<Record<string, string>>) =>
  proxyFor(new URL(server), (name) => environment[name]);
const proxy = 'http://proxy.acme.test:3128';

describe('the proxy that the environment names', () => {
  it.each([
    ['https', { HTTPS_PROXY: proxy }, proxy],
    ['https, in small letters', { https_proxy: proxy }, proxy],
    ['https, without a scheme', { HTTPS_PROXY: 'proxy.acme.test:3128' }, proxy],
    ['https, given one for http only', { HTTP_PROXY: proxy }, undefined],
    ['https, given none', {}, undefined],
    ['https, given an empty one', { HTTPS_PROXY: '' }, undefined],
  ])('is taken for %s', (_what, environment, expected) => {
    expect(asked('https://api.acme.test:6443', environment)).toBe(expected);
  });

  it.each([['https://localhost:6443'], ['https://127.0.0.1:6443'], ['https://[::1]:6443']])(
    'is never taken for %s',
    (server) => {
      expect(asked(server, { HTTPS_PROXY: proxy })).toBeUndefined();
    },
  );

  it.each([
    ['*', true],
    ['api.acme.test', true],
    ['acme.test', true],
    ['.acme.test', true],
    ['*.acme.test', true],
    ['other.test, api.acme.test', true],
    ['api.acme.test:6443', true],
    ['api.acme.test:443', false],
    ['cme.test', false],
    ['other.test', false],
    ['', false],
  ])('is not taken for api.acme.test:6443 given NO_PROXY %p: %p', (exempt, direct) => {
    const environment = { HTTPS_PROXY: proxy, NO_PROXY: exempt };
    expect(asked('https://api.acme.test:6443', environment)).toBe(direct ? undefined : proxy);
  });

  it.each([
    ['10.0.0.0/8', true],
    ['10.1.2.3', true],
    ['10.1.3.0/24', false],
    ['10.0.0.0/99', false],
    ['nonsense/8', false],
  ])('is not taken for 10.1.2.3 given NO_PROXY %p: %p', (exempt, direct) => {
    const environment = { HTTPS_PROXY: proxy, NO_PROXY: exempt };
    expect(asked('https://10.1.2.3', environment)).toBe(direct ? undefined : proxy);
  });
});
