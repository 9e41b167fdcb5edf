import { describe } from '@jest/globals';
import { specifyTroubles } from './trouble-sweep.ts';

describe('a release, given at any one of its requests', () => {
  specifyTroubles([
    ['409', { kind: 'status', status: 409 }],
    ['429 with Retry-After', { kind: 'status', status: 429, retryAfterSeconds: 2 }],
  ]);
});
