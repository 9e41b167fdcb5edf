import { jest } from '@jest/globals';

// The limit is there to end a hang, not to measure anything: a busy machine is no failure.
jest.setTimeout(60_000);
