import { describe } from '@jest/globals';
import { specifyTroubles } from './trouble-sweep.ts';

describe('a release, given at any one of its requests', () => {
  specifyTroubles([
    ['a connection that breaks before the work', { kind: 'drop', when: 'before' }],
    ['a connection that breaks after the work', { kind: 'drop', when: 'after' }],
  ]);
});
