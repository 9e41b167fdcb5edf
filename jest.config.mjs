import { availableParallelism } from 'node:os';

/** What all projects share: native ESM, TypeScript by type stripping, nothing found in build output. */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/jest/strip-types.mjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.demo/'],
};

/**
 * Every point of everything: minutes of pure computing, so they are `npm run test:sweeps` and not `npm test`. A wildcard
 * stands for what its folder has of the kind.
 */
const sweeps = [
  'real-life/fuzz-sweep',
  'release/api-trouble-*',
  'release/kill-adoption',
  'release/kill-autoscaled',
  'release/kill-config',
  'release/kill-eject',
  'release/kill-selector',
  'release/kill-selector-adoption',
];
const sweepFiles = sweeps.map((name) => `<rootDir>/test/unit/${name}.test.ts`);

/** GitHub's parser of workflows imports JSON in a way that jest does not know. */
const parser = {
  transform: { ...shared.transform, '/@actions/workflow-parser/.+\\.js$': '<rootDir>/test/jest/json-attributes.mjs' },
  transformIgnorePatterns: ['/node_modules/(?!@actions/workflow-parser/)'],
};

/** Pure code has no business with these; an import of one is a mistake in the house, so it fails by name. */
const pure = {
  moduleNameMapper: { '^(@kubernetes/client-node|@actions/.*)$': '<rootDir>/test/jest/forbidden.mjs' },
  setupFilesAfterEnv: ['<rootDir>/test/jest/patience.mjs'],
};

export default {
  // Suites with processes mostly wait: half as many workers again as there are cores keep these at work.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  projects: [
    {
      ...shared,
      ...pure,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...sweeps.map((name) => `/${name.replace('*', '.+')}\\.test\\.ts$`)],
    },
    { ...shared, ...pure, displayName: 'sweeps', testMatch: sweepFiles },
    {
      ...shared,
      displayName: 'process',
      testMatch: ['<rootDir>/test/{sandbox,dist,workflows}/**/*.test.ts'],
      ...parser,
      // One build for all suites, which run side by side with each other and with pure code.
      globalSetup: '<rootDir>/test/jest/build-once.mjs',
      setupFilesAfterEnv: ['<rootDir>/test/jest/patience.mjs'],
    },
    {
      ...shared,
      displayName: 'slow',
      // What takes its minutes by the clock, whatever the machine: a part of the sweeps.
      testMatch: ['<rootDir>/test/slow/**/*.test.ts'],
      runner: '<rootDir>/test/jest/serial-runner.mjs',
      setupFilesAfterEnv: ['<rootDir>/test/jest/patience.mjs'],
    },
    {
      ...shared,
      ...parser,
      displayName: 'cluster',
      testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
      runner: '<rootDir>/test/jest/serial-runner.mjs',
      setupFilesAfterEnv: ['<rootDir>/test/jest/patience.mjs'],
    },
  ],
};
