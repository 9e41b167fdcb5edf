import { jest } from '@jest/globals';

// Suites that start processes: the limit is there to end a hang, not to measure anything.
jest.setTimeout(60_000);
