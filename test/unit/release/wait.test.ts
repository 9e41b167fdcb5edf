import { describe, expect, it } from '@jest/globals';
import { startDeadline } from '../../../src/base/index.ts';
import type { Transport } from '../../../src/cluster/index.ts';
import { done, pending, waitFor } from '../../../src/release/proof/wait.ts';
import { inApiPlace } from '../../support/api-place.ts';

const kind = { apiVersion: 'v1', kind: 'ConfigMap' };
const path = '/api/v1/namespaces/default/configmaps';

describe('a wait for objects to go', () => {
  it.each([1, 2, 3])('ends when they went before look %i of it', (look) => {
    let looks = 0;
    const deleting =
      (send: Transport['send']): Transport['send'] =>
      async (request) => {
        if (request.method === 'GET' && request.path.startsWith(`${path}?`) && ++looks === look)
          await send({ method: 'DELETE', path: `${path}/a`, headers: {} });
        return send(request);
      };
    return inApiPlace(async ({ cluster, clock }) => {
      await cluster.create({ ...kind, metadata: { name: 'a', namespace: 'default' } });
      const deadline = startDeadline(clock, 60_000, 'The test');
      const told = await waitFor({
        cluster,
        clock,
        deadline,
        what: 'a to go',
        queries: { maps: { kind, options: { namespace: 'default' } } },
        check: ({ maps }) => (maps.length === 0 ? done('gone') : pending(`${maps.length} are left`)),
      }).finally(() => deadline.clear());
      expect(told).toBe('gone');
      expect(looks).toBeGreaterThanOrEqual(look);
    }, deleting);
  });
});
