import { createRequire } from 'node:module';

// The runner is jest's own default; it is found beside jest, whichever way the package manager laid out the tree.
const fromJest = createRequire(createRequire(import.meta.url).resolve('jest'));
const fromCli = createRequire(fromJest.resolve('jest-cli'));
const { default: TestRunner } = createRequire(fromCli.resolve('@jest/core'))('jest-runner');

/** Jest's runner, one suite after the other even when other projects run in parallel. */
export default class SerialRunner extends TestRunner {
  isSerial = true;
}
