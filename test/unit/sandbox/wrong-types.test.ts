import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openApi } from '../../support/in-process-api.ts';

const deployments = '/apis/apps/v1/namespaces/default/deployments';
const labels = { app: 'shop' };

/** A Deployment whose only container has one field more. */
function deploymentWith(field: Record<string, unknown>) {
  const container = { name: 'shop', image: 'streamgate/demo-app:v1', ...field };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

describe('an object with a field of the wrong type', () => {
  let api = openApi();
  beforeEach(() => {
    api = openApi();
  });
  afterEach(() => api.close());

  it.each([{ ports: [0.5] }, { env: 'VERSION=v1' }, { volumeMounts: 7 }])(
    'like %j is a bad request and no trouble of the server, and nothing is stored',
    async (field) => {
      const { status, body } = await api.ask('POST', deployments, deploymentWith(field));
      expect({ status, reason: body.reason }).toEqual({ status: 400, reason: 'BadRequest' });
      expect((await api.ask('GET', deployments)).body.items).toEqual([]);
    },
  );
});
