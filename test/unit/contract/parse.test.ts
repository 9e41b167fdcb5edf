import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StreamGateError } from '../../../src/base/index.ts';
import {
  defineContract,
  type Inputs,
  type Outputs,
  parseInputs,
  readInputs,
  secretsOf,
} from '../../../src/contract/index.ts';

const contract = defineContract({
  name: 'sample',
  summary: 'A sample',
  description: 'A sample.',
  inputs: {
    app: {
      kind: 'string',
      required: true,
      description: 'Name.',
      shape: 'a DNS label',
      pattern: /[a-z-]+/,
      example: 'shop',
    },
    'probe-rate': {
      kind: 'integer',
      default: '10',
      min: 1,
      max: 1000,
      unit: 'requests/s',
      description: 'Rate.',
      example: '50',
    },
    until: {
      kind: 'enum',
      values: ['preview', 'promoted', 'retired'],
      default: 'promoted',
      description: 'Until.',
    },
    observe: { kind: 'duration', default: '10s', max: '6h', description: 'Observe.' },
    url: { kind: 'string', description: 'Address.', example: 'https://shop.example.com' },
    host: { kind: 'string', description: 'Host.' },
    smoke: { kind: 'yaml', description: 'Checks.', example: '- path: /\n  status: 200' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow, as the runner reads it.
    token: { kind: 'secret', default: '${{ github.token }}', description: 'Token.' },
    wait: { kind: 'boolean', description: 'Wait.' },
  },
  rules: [
    { rule: 'requires', when: 'host', needs: ['url'], because: 'a host alone is no address' },
    {
      rule: 'conflicts',
      when: { input: 'until', is: ['retired'] },
      with: [{ input: 'wait', is: ['false'] }],
      because: 'retiring is waiting',
    },
  ],
  outputs: {
    verdict: { description: '' },
    'cutover-ms': { kind: 'number', description: '' },
    dry: { kind: 'boolean', description: '' },
  },
});

async function messageOf(given: Record<string, string>): Promise<string> {
  const error = await parseInputs(contract, given).catch((thrown: unknown) => thrown);
  if (!(error instanceof StreamGateError)) throw new Error('it was accepted');
  expect(error.code).toBe('Usage');
  return error.message;
}

describe('parsing', () => {
  it('gives every input under its camelCase name, with defaults applied', async () => {
    const { inputs } = await parseInputs(contract, { app: 'shop' });
    expect(inputs).toEqual({
      app: 'shop',
      probeRate: 10,
      until: 'promoted',
      observe: 10_000,
      url: undefined,
      host: undefined,
      smoke: undefined,
      token: undefined,
      wait: undefined,
    });
    expect(Object.isFrozen(inputs)).toBe(true);
  });

  it('takes an empty text for not given', async () => {
    const { inputs } = await parseInputs(contract, {
      app: 'shop',
      'probe-rate': '',
      until: ' \n',
      token: '',
    });
    expect(inputs.probeRate).toBe(10);
    expect(inputs.until).toBe('promoted');
    expect(inputs.token).toBeUndefined();
    expect(await messageOf({ app: '' })).toContain('app is missing');
  });

  it('infers types: required and defaulted inputs are there, the others may be missing', async () => {
    const { inputs } = await parseInputs(contract, { app: 'shop' });
    const {
      app,
      probeRate,
      until,
    }: { app: string; probeRate: number; until: 'preview' | 'promoted' | 'retired' } = inputs;
    const token: Inputs<typeof contract>['token'] = undefined;
    const outputs: Outputs<typeof contract> = { verdict: 'pass', cutoverMs: null, dry: false };
    expect([app, probeRate, until, token, outputs.verdict]).toEqual([
      'shop',
      10,
      'promoted',
      undefined,
      'pass',
    ]);
    // @ts-expect-error an input without default is not certain
    const url: string = inputs.url;
    // @ts-expect-error an output may not be left out
    const partial: Outputs<typeof contract> = { verdict: 'pass', dry: false };
    expect([url, partial.verdict]).toEqual([undefined, 'pass']);
  });

  it('reports undeclared inputs without judging them', async () => {
    const { inputs, unknown } = await readInputs(contract, { app: 'shop', 'prob-rate': '20', colour: 'red' });
    expect(inputs?.app).toBe('shop');
    expect(unknown).toEqual([
      { name: 'prob-rate', meant: 'probe-rate' },
      { name: 'colour', meant: undefined },
    ]);
  });

  it('does not take names of Object.prototype for inputs', async () => {
    const { unknown } = await readInputs(contract, { app: 'shop', constructor: 'x', toString: 'y' });
    expect(unknown.map(({ name }) => name)).toEqual(['constructor', 'toString']);
  });

  it('names all that is wrong in one error', async () => {
    const given = {
      'probe-rate': '0',
      until: 'promted',
      observe: '90',
      host: 'shop.example.com',
      smoke: 'a: [',
      token: 'x',
    };
    expect(await messageOf(given)).toMatchInlineSnapshot(`
"sample did not start: 6 inputs need your attention.

  ✗ app is missing
      wanted  a DNS label
      example app: shop

  ✗ probe-rate is too small
      given   0
      wanted  a whole number from 1 to 1000 requests/s; 10 requests/s when not given
      example probe-rate: 50

  ✗ until is none of the choices
      given   promted
      perhaps until: promoted
      wanted  preview, promoted, retired; promoted when not given

  ✗ observe has no unit
      given   90
      perhaps observe: 90s
      wanted  a duration like 90s or 5m, at most 6h; 10s when not given

  ✗ smoke is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 5
      given   a: [
      wanted  YAML or JSON
      example smoke: |
                - path: /
                  status: 200

  ✗ url is missing: host needs it, because a host alone is no address
      wanted  text
      example url: https://shop.example.com"
`);
  });

  it('says one thing in one block', async () => {
    expect(await messageOf({ app: 'Shop' })).toMatchInlineSnapshot(`
"sample did not start: one input needs your attention.

  ✗ app does not have the right form
      given   Shop
      wanted  a DNS label
      example app: shop"
`);
  });

  it('whatever is given, it either gives inputs or names each wrong one', async () => {
    const names = Object.keys(contract.inputs);
    const text = fc.oneof(fc.string(), fc.constantFrom('5m', '20', 'true', 'preview', 'shop', '[1, 2]'));
    const given = fc.dictionary(fc.constantFrom(...names), text);
    await fc.assert(
      fc.asyncProperty(given, async (texts) => {
        const { inputs, problems, unknown } = await readInputs(contract, texts);
        expect(inputs === undefined).toBe(problems.length > 0);
        expect(unknown).toEqual([]);
        for (const { input } of problems) expect(names).toContain(input);
        // Each input is reported once.
        expect(new Set(problems.map(({ input }) => input)).size).toBe(problems.length);
      }),
    );
  });
});

describe('secrets', () => {
  it('are never in the error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[A-Z0-9]{12,40}$/), async (secret) => {
        expect(await messageOf({ token: secret, until: 'x' })).not.toContain(secret);
      }),
    );
  });

  it('are handed out for masking before anything is read', () => {
    expect(secretsOf(contract, { token: ' t0ken ', app: '!' }, () => false)).toEqual(['t0ken']);
    expect(secretsOf(contract, { app: 'shop' }, () => false)).toEqual([]);
  });

  const kube = defineContract({
    name: 'kube',
    summary: '',
    description: '',
    inputs: { kubeconfig: { kind: 'secret', orFile: true, description: '' } },
    rules: [],
    outputs: {},
  });

  it('in a document are its long words: a mask of each line would black out the log', () => {
    const kubeconfig =
      'kind: Config\nserver: https://cluster.example.com:6443\ntoken: abcdefghijklmnopqrstuvwxyz\n';
    expect(secretsOf(kube, { kubeconfig }, () => false)).toEqual(['abcdefghijklmnopqrstuvwxyz']);
  });

  it('are what should be a path and leads to no file, unless it is a short word', () => {
    const path = '/home/runner/.kube/config';
    expect(secretsOf(kube, { kubeconfig: path }, (asked) => asked === path)).toEqual([]);
    const base64 = Buffer.from('kind: Config\ntoken: abcdefghijklmnopqrstuvwxyz\n').toString('base64');
    expect(secretsOf(kube, { kubeconfig: base64 }, () => false)).toEqual([base64]);
    expect(secretsOf(kube, { kubeconfig: 'production' }, () => false)).toEqual([]);
  });
});
