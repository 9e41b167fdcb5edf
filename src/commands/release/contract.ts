import { defineContract } from '../../contract/index.ts';
import * as input from '../inputs.ts';
import * as output from '../outputs.ts';

export const contract = defineContract({
  name: 'release',
  summary: 'Hand an app back as plain objects, with its pods running on',
  description:
    'With `--eject`: what serves goes on serving as a plain Deployment, Services and routes without anything of StreamGate in them, and no pod is restarted. ' +
    'The idle slot, the slot Services, kept revisions, the journal and the lock are deleted. A run that was cut short is ended by the same command. ' +
    'To release a version, use `bluegreen-deploy`.',
  hosts: ['terminal'],
  positional: 'app',
  inputs: {
    app: input.app,
    namespace: input.namespace,
    eject: {
      kind: 'boolean',
      default: 'false',
      description: 'Say that the app is to be handed back. There is no way back but taking it over again.',
    },
    'lock-timeout': input.lockTimeout,
    'lease-duration': input.leaseDuration,
    kubeconfig: input.kubeconfig,
    context: input.context,
  },
  rules: [],
  outputs: {
    outcome: output.outcome('Ejected', 'Inconclusive', 'Superseded', 'Aborted', 'Refused'),
    verdict: output.verdict,
    reason: output.reason,
  },
});
