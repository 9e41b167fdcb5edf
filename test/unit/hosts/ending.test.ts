import { describe, expect, it } from '@jest/globals';
import { type ErrorCode, StreamGateError } from '../../../src/base/index.ts';
import { defineContract } from '../../../src/contract/index.ts';
import { endingOfError, endingOfResult, explain } from '../../../src/hosts/ending.ts';

const contract = defineContract({
  name: 'sample',
  summary: '',
  description: '',
  inputs: {},
  rules: [],
  outputs: {
    verdict: { description: '' },
    outcome: { description: '' },
    reason: { description: '' },
    'cutover-ms': { kind: 'number', description: '' },
    dry: { kind: 'boolean', description: '' },
  },
});

describe('the ending of a run', () => {
  it('has every output of a result as text; null is empty', () => {
    const common = { verdict: 'pass', outcome: 'Promoted', reason: 'All was well' } as const;
    const outputs = { ...common, cutoverMs: null, dry: false };
    expect(endingOfResult(contract, { ...common, outputs }).outputs).toEqual({
      ...common,
      'cutover-ms': '',
      dry: 'false',
    });
  });

  it('has every output after an error, too', () => {
    const { outputs } = endingOfError(
      contract,
      new StreamGateError('Failed', 'It broke\nat the second line'),
    );
    expect(outputs).toEqual({
      verdict: 'fail',
      outcome: 'Aborted',
      reason: 'It broke',
      'cutover-ms': '',
      dry: '',
    });
  });

  it.each<[ErrorCode, string, string]>([
    ['Usage', 'invalid', 'Refused'],
    ['Refused', 'invalid', 'Refused'],
    ['NotFound', 'invalid', 'Refused'],
    ['Denied', 'invalid', 'Refused'],
    ['Conflict', 'inconclusive', 'Refused'],
    ['Superseded', 'inconclusive', 'Superseded'],
    ['Unreachable', 'inconclusive', 'Inconclusive'],
    ['Cancelled', 'inconclusive', 'Inconclusive'],
    ['Internal', 'fail', 'Aborted'],
  ])('%s means %s, %s', (code, verdict, outcome) => {
    expect(endingOfError(contract, new StreamGateError(code, 'x'))).toMatchObject({ verdict, outcome });
  });

  it('takes what is no error of ours for a defect, and says so', () => {
    const ending = endingOfError(contract, new TypeError('x is not a function'));
    expect(explain(ending)).toContain('x is not a function');
    expect(explain(ending)).toContain('defect of StreamGate');
  });

  it('explains by reason, evidence and remedy, in this order', () => {
    const error = new StreamGateError('Failed', 'It broke', {
      evidence: ['exit code 3'],
      remedy: 'Mend it.',
    });
    expect(explain(endingOfError(contract, error))).toBe('It broke\n\n  exit code 3\n\nMend it.');
  });

  it('explains without anything that a terminal would obey', () => {
    const error = new StreamGateError('Failed', 'It \u001b]0;x\u0007broke', {
      evidence: ['pod: \u001b[2Joops'],
    });
    expect(explain(endingOfError(contract, error))).toBe('It broke\n\n  pod: oops');
  });
});
