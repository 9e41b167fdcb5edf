/** What all projects share: native ESM, TypeScript by type stripping, nothing found in build output. */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/jest/strip-types.mjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.demo/'],
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
      // Pure code has no business with these; an import of one is a mistake in the house, so it fails by name.
      setupFilesAfterEnv: ['<rootDir>/test/jest/patience.mjs'],
      moduleNameMapper: { '^(@kubernetes/client-node|@actions/.*)$': '<rootDir>/test/jest/forbidden.mjs' },
      setupFilesAfterEnv: ['<rootDir>/test/jest/patience.mjs'],
    },
    {
      ...shared,
      displayName: 'process',
      testMatch: ['<rootDir>/test/{sandbox,dist,workflows}/**/*.test.ts'],
      transform: { ...shared.transform, '/@actions/workflow-parser/.+\\.js$': '<rootDir>/test/jest/json-attributes.mjs' },
      transformIgnorePatterns: ['/node_modules/(?!@actions/workflow-parser/)'],
      // Real processes and sockets: one suite at a time, so that none starves the other.
      runner: '<rootDir>/test/jest/serial-runner.mjs',
      setupFilesAfterEnv: ['<rootDir>/test/jest/patience.mjs'],
    },
    {
      ...shared,
      displayName: 'cluster',
      testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
      runner: '<rootDir>/test/jest/serial-runner.mjs',
      setupFilesAfterEnv: ['<rootDir>/test/jest/patience.mjs'],
    },
  ],
};
