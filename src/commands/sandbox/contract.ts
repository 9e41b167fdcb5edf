import { defineContract } from '../../contract/index.ts';
import * as output from '../outputs.ts';

export const contract = defineContract({
  name: 'sandbox',
  summary: 'Run a small Kubernetes in this process, to try everything without a cluster',
  description:
    '`up` opens the API and a gateway on loopback, writes a kubeconfig and runs until Ctrl-C. `down` ends one that runs elsewhere. ' +
    'Pods are local processes with real sockets; their images come from a fixed table, and nothing of a manifest is executed.',
  hosts: ['terminal'],
  positional: 'action',
  inputs: {
    action: {
      kind: 'enum',
      values: ['up', 'down'],
      required: true,
      description: '`up` starts a sandbox, `down` ends it.',
      example: 'up',
    },
    'kubeconfig-out': {
      kind: 'string',
      default: '.streamgate/kubeconfig',
      description: 'Where the kubeconfig is written; the process id stands beside it.',
      example: '/tmp/sandbox.kubeconfig',
    },
    port: {
      kind: 'integer',
      default: '0',
      min: 0,
      max: 65535,
      description: 'Port of the API on loopback; 0 takes a free one.',
      example: '6443',
    },
  },
  rules: [],
  outputs: {
    outcome: output.outcome('Checked', 'Inconclusive', 'Aborted', 'Refused'),
    verdict: output.verdict,
    reason: output.reason,
    kubeconfig: { description: 'Path of the kubeconfig.' },
    gateway: { description: 'Address of the gateway.', example: 'http://127.0.0.1:8080' },
  },
});
