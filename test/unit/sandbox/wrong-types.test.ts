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

/** What kube-apiserver 1.34.10 answered to the same bodies. */
describe('a field of the wrong type is answered as a real server answers', () => {
  let api = openApi();
  beforeEach(() => {
    api = openApi();
  });
  afterEach(() => api.close());

  const inPods = (more: object) => ({ ...deploymentWith({}), ...more });
  const spec = (more: object) => inPods({ spec: { ...deploymentWith({}).spec, ...more } });
  const podLabels = (more: object) => {
    const { template } = deploymentWith({}).spec;
    return spec({ template: { ...template, metadata: { labels: { ...labels, ...more } } } });
  };
  const field = (name: string, type: string, got: string) =>
    `Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal ${got} into Go struct field ${name} of type ${type}`;
  const container = '.spec.template.spec.containers[name="shop"]';

  it.each<[string, object, string, string]>([
    [
      'a variable that is a number',
      deploymentWith({ env: [{ name: 'V', value: 1 }] }),
      field('EnvVar.spec.template.spec.containers.env.value', 'string', 'number'),
      `${container}.env[name="V"].value: expected string, got &value.valueUnstructured{Value:1}`,
    ],
    [
      'a variable that is a map',
      deploymentWith({ env: [{ name: 'V', value: { a: 1 } }] }),
      field('EnvVar.spec.template.spec.containers.env.value', 'string', 'object'),
      `${container}.env[name="V"].value: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":1}}`,
    ],
    [
      'variables that are a text',
      deploymentWith({ env: 'V=1' }),
      field('Container.spec.template.spec.containers.env', '[]v1.EnvVar', 'string'),
      `${container}.env: expected list, got &{V=1}`,
    ],
    [
      'a word that is a number',
      deploymentWith({ args: [1] }),
      field('Container.spec.template.spec.containers.args', 'string', 'number'),
      `${container}.args[0]: expected string, got &value.valueUnstructured{Value:1}`,
    ],
    [
      'a port that is a text',
      deploymentWith({ ports: [{ containerPort: '80' }] }),
      field('ContainerPort.spec.template.spec.containers.ports.containerPort', 'int32', 'string'),
      `${container}.ports[containerPort="80",protocol="TCP"].containerPort: expected numeric (int or float), got string`,
    ],
    [
      'replicas that are a text',
      spec({ replicas: '2' }),
      field('DeploymentSpec.spec.replicas', 'int32', 'string'),
      '.spec.replicas: expected numeric (int or float), got string',
    ],
    [
      'a label of pods that is a number',
      podLabels({ version: 1 }),
      field('ObjectMeta.spec.template.metadata.labels', 'string', 'number'),
      '.spec.template.metadata.labels.version: expected string, got &value.valueUnstructured{Value:1}',
    ],
    [
      'an annotation that is none',
      inPods({ metadata: { name: 'shop', annotations: { v: true } } }),
      field('ObjectMeta.metadata.annotations', 'string', 'bool'),
      '.metadata.annotations.v: expected string, got &value.valueUnstructured{Value:true}',
    ],
  ])('%s', async (_what, body, decoded, applied) => {
    expect((await api.ask('POST', deployments, body)).body).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      message: decoded,
    });
    const answer = await api.ask('PATCH', `${deployments}/shop?fieldManager=t`, body, 'apply');
    expect({ status: answer.status, reason: answer.body.reason, message: answer.body.message }).toEqual({
      status: 500,
      reason: undefined,
      message: `failed to create typed patch object (/shop; apps/v1, Kind=Deployment): ${applied}`,
    });
    expect((await api.ask('GET', deployments)).body.items).toEqual([]);
  });
});
