import { describe } from '@jest/globals';
import { specifyTroubles } from './trouble-sweep.ts';

describe('a release, given at any one of its requests', () => {
  specifyTroubles([['no answer at all', { kind: 'hang' }]]);
});
