import { describe, expect, it } from '@jest/globals';
import { type Contract, defineContract, type Rule, readInputs } from '../../../src/contract/index.ts';

type Name = 'app' | 'url' | 'mode' | 'to';

function contractWith(rule: Rule<Name>): Contract {
  return defineContract({
    name: 'sample',
    summary: '',
    description: '',
    inputs: {
      app: { kind: 'string', description: '' },
      url: { kind: 'string', description: '' },
      mode: { kind: 'enum', values: ['deploy', 'plan'], default: 'deploy', description: '' },
      to: { kind: 'integer', description: '' },
    },
    rules: [rule],
    outputs: {},
  });
}

async function problemsOf(rule: Rule<Name>, given: Record<string, string>): Promise<readonly string[]> {
  const { problems } = await readInputs(contractWith(rule), given);
  return problems.map(({ input, problem }) => `${input}: ${problem}`);
}

describe('oneOf', () => {
  const rule: Rule<Name> = { rule: 'oneOf', of: ['app', 'url'], because: 'that is what gets checked' };

  it('asks for exactly one', async () => {
    expect(await problemsOf(rule, { app: 'a' })).toEqual([]);
    expect(await problemsOf(rule, {})).toEqual([
      'app: exactly one of app, url is needed, none was given: that is what gets checked',
    ]);
    expect(await problemsOf(rule, { app: 'a', url: 'b' })).toEqual([
      'app: exactly one of app, url is needed, given were app and url: that is what gets checked',
    ]);
  });

  it('can depend on a value, defaults included', async () => {
    const conditional: Rule<Name> = { ...rule, when: { input: 'mode', is: ['deploy'] } };
    expect(await problemsOf(conditional, { mode: 'plan' })).toEqual([]);
    expect(await problemsOf(conditional, {})).toHaveLength(1);
  });
});

describe('requires', () => {
  const rule: Rule<Name> = {
    rule: 'requires',
    when: 'to',
    needs: ['app', 'url'],
    because: 'it must be found',
  };

  it('names each missing one', async () => {
    expect(await problemsOf(rule, {})).toEqual([]);
    expect(await problemsOf(rule, { to: '3' })).toEqual([
      'app: is missing: to needs it, because it must be found',
      'url: is missing: to needs it, because it must be found',
    ]);
  });
});

describe('conflicts', () => {
  const rule: Rule<Name> = {
    rule: 'conflicts',
    when: { input: 'mode', is: ['plan'] },
    with: ['to'],
    because: 'a plan goes nowhere',
  };

  it('names both sides and the reason', async () => {
    expect(await problemsOf(rule, { mode: 'plan' })).toEqual([]);
    expect(await problemsOf(rule, { to: '3' })).toEqual([]);
    expect(await problemsOf(rule, { mode: 'plan', to: '3' })).toEqual([
      'mode: mode plan and to exclude each other: a plan goes nowhere',
    ]);
  });
});
