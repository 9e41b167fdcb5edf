import { describe } from '@jest/globals';
import { specifyTroubles } from './trouble-sweep.ts';

describe('a release, given at any one of its requests', () => {
  specifyTroubles([
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
  ]);
});
