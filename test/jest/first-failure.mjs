import { createRequire } from 'node:module';

// The environment is jest's own default; it is found beside jest, as the runner is.
const fromJest = createRequire(createRequire(import.meta.url).resolve('jest'));
const fromConfig = createRequire(createRequire(fromJest.resolve('jest-cli')).resolve('jest-config'));
const { TestEnvironment } = fromConfig('jest-environment-node');

/** Skips what is left of a file once one of its tests has failed: whoever asks only whether one does need not wait. */
export default class FirstFailureEnvironment extends TestEnvironment {
  #hasFailed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.#hasFailed = true;
    if (name === 'test_start' && this.#hasFailed) test.mode = 'skip';
  }
}
