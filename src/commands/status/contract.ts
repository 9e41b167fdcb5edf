import { defineContract } from '../../contract/index.ts';
import * as input from '../inputs.ts';
import * as output from '../outputs.ts';

export const contract = defineContract({
  name: 'status',
  summary: 'Show which version of an app is live, what is going on, and the way back',
  description:
    'Reads the cluster and changes nothing. Exits with 0 whatever it finds, also while a release is at work and after one that failed: ' +
    'what it finds is in the words and in `--json`. Exits with 3 where there is nothing to find: an app that was never released in the namespace ' +
    '(its first release has begun when its journal is there), or an API that gives no answer.',
  hosts: ['terminal'],
  positional: 'app',
  inputs: {
    app: input.app,
    namespace: input.namespace,
    watch: {
      kind: 'boolean',
      default: 'false',
      description: 'Show every change until the release that is going on has ended.',
    },
    kubeconfig: input.kubeconfig,
    context: input.context,
  },
  rules: [],
  outputs: {
    outcome: output.outcome('Checked', 'Inconclusive', 'Aborted', 'Refused'),
    verdict: output.verdict,
    reason: output.reason,
    release: output.release,
    phase: {
      description: 'Where the release stands: the state of its journal; empty when there was none yet.',
      example: 'retired',
    },
    'active-slot': output.activeSlot,
    revision: { kind: 'number', description: 'Number of the live revision.', example: '7' },
    'rollback-command': {
      description: 'The command that goes back; empty when there is nothing to go back to.',
    },
  },
});
