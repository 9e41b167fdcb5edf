import { describe, expect, it } from '@jest/globals';
import { rollbackCommand, type WayBack } from '../../../src/commands/ended-release.ts';

const shop = { app: 'shop', namespace: 'production' };
const url = 'https://shop.example.com/health';

describe('the command that goes back', () => {
  it.each<readonly [string, Partial<WayBack>, string]>([
    ['nothing', {}, ''],
    ['an address', { probeUrl: url }, ` --probe-url ${url}`],
    [
      'an address and a name',
      { probeUrl: 'http://10.0.0.7', probeHost: 'shop.example.com' },
      ' --probe-url http://10.0.0.7/ --probe-host shop.example.com',
    ],
    [
      'a pod that asks',
      { probeFrom: 'cluster', probeImage: 'node:24-alpine', probeUrl: 'http://shop.production.svc/' },
      ' --probe-from cluster --probe-image node:24-alpine --probe-url http://shop.production.svc/',
    ],
    ['that nobody asks', { probeFrom: 'none' }, ' --probe-from none'],
    [
      'what a shell would read',
      { probeUrl: "https://shop.example.com/$(x)'" },
      ` --probe-url 'https://shop.example.com/$(x)'\\'''`,
    ],
  ])('knows of the run before it: %s', (_what, given, flags) => {
    expect(rollbackCommand({ ...shop, ...given })).toBe(
      `streamgate rollback shop --namespace production${flags}`,
    );
  });

  it.each(['https://ann:secret@shop.example.com/', 'https://secret@shop.example.com/', `${url}?key=secret`])(
    'keeps to itself an address that may hold a secret: %s',
    (probeUrl) => {
      const command = rollbackCommand({ ...shop, probeUrl, probeHost: 'shop.example.com' });
      expect(command).toBe('streamgate rollback shop --namespace production');
    },
  );
});
