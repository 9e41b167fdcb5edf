import { describe, expect, it } from '@jest/globals';
import { defineContract, usageError } from '../../../src/contract/index.ts';
import { flagSpelling, parseFlags } from '../../../src/hosts/flags.ts';

const contract = defineContract({
  name: 'sample',
  summary: '',
  description: '',
  positional: 'app',
  inputs: {
    app: { kind: 'string', description: '' },
    'probe-rate': { kind: 'integer', description: '' },
    force: { kind: 'boolean', description: '' },
    manifests: { kind: 'files', description: '' },
  },
  rules: [],
  outputs: {},
});

describe('flags', () => {
  it.each([
    [['--probe-rate', '20'], { 'probe-rate': '20' }],
    [['--probe-rate=20'], { 'probe-rate': '20' }],
    [['--probe-rate', '-5'], { 'probe-rate': '-5' }],
    [['--probe-rate='], { 'probe-rate': '' }],
    [['shop'], { app: 'shop' }],
    [['shop', '--force'], { app: 'shop', force: 'true' }],
    [['--force', 'shop'], { app: 'shop', force: 'true' }],
    [['--force=false'], { force: 'false' }],
    [['--no-force'], { force: 'false' }],
    [['--', '--odd'], { app: '--odd' }],
    [['--manifests', 'a.yaml', '--manifests', '-'], { manifests: 'a.yaml\n-' }],
    [['-f', 'a.yaml'], { manifests: 'a.yaml' }],
  ])('%j gives %j', (argv, given) => {
    expect(parseFlags(contract, argv)).toMatchObject({ given, problems: [] });
  });

  it('keeps its own flags apart', () => {
    const { given, host } = parseFlags(contract, ['shop', '--json', '-h', '--verbose']);
    expect(given).toEqual({ app: 'shop' });
    expect([...host]).toEqual(['json', 'help', 'verbose']);
  });

  it.each([
    [['--probe-rate'], { input: 'probe-rate', problem: 'has no value' }],
    [['--probe-rate', '--force'], { input: 'probe-rate', problem: 'has no value' }],
    [['shop', 'shelf'], { input: 'shelf', problem: 'is one word too many' }],
    [['--app', 'a', '--app', 'b'], { input: 'app', problem: 'is given twice', given: 'a and b' }],
    [['--prob-rate', '20'], { input: 'prob-rate', meant: 'probe-rate', unknown: true }],
    [['--constructor'], { input: 'constructor', unknown: true }],
    [['-n', 'x'], { input: 'n', unknown: true }],
  ])('%j is a problem', (argv, problem) => {
    expect(parseFlags(contract, argv).problems[0]).toMatchObject(problem);
  });

  it('does not report the value of a misspelled flag as well', () => {
    expect(parseFlags(contract, ['shop', '--prob-rate', '20']).problems).toHaveLength(1);
  });

  it('tells a word too many as it was written, and not as a flag', () => {
    const { message } = usageError(contract, parseFlags(contract, ['shop', '0s']).problems, flagSpelling);
    expect(message).toContain('✗ 0s is one word too many');
  });

  it('spells examples so that a shell takes them', () => {
    expect(flagSpelling.assignment('image', 'a:1')).toBe('--image a:1');
    expect(flagSpelling.assignment('manifests', "it's *.yaml")).toBe(`--manifests 'it'\\''s *.yaml'`);
  });
});
