import { describe } from '@jest/globals';

/** A real cluster that was handed to the tests. */
export interface GivenCluster {
  /** Path of a kubeconfig with the right to create namespaces. */
  readonly kubeconfig: string;
  /** Address of a gateway that takes routes of every namespace, through the Gateway `web` in `default`. */
  readonly url: string;
  /** A Node image (20 or later) that its nodes can run. */
  readonly image: string;
}

export function readCluster(): GivenCluster | undefined {
  const {
    KUBECONFIG: kubeconfig,
    GATEWAY_URL: url,
    STREAMGATE_NODE_IMAGE: image = 'node:24-alpine',
  } = process.env;
  if (!kubeconfig || !url) return undefined;
  return { kubeconfig, url: url.endsWith('/') ? url : `${url}/`, image };
}

/**
 * A suite that needs a real cluster. With none given, or with a `hindrance` in it, it says so and is skipped, unless
 * `STREAMGATE_REQUIRE_CLUSTER=1` says that there has to be one.
 */
export function describeOnCluster(
  title: string,
  suite: (cluster: GivenCluster) => void,
  hindrance?: string,
): void {
  const cluster = readCluster();
  if (cluster !== undefined && hindrance === undefined) {
    describe(title, () => {
      suite(cluster);
    });
    return;
  }
  const reason =
    cluster === undefined ? 'no cluster was given: set KUBECONFIG and GATEWAY_URL' : (hindrance ?? '');
  if (process.env.STREAMGATE_REQUIRE_CLUSTER === '1') throw new Error(`${title}: ${reason}`);
  process.stderr.write(`${title}: skipped, ${reason}\n`);
  describe.skip(title, () => {
    suite({ kubeconfig: '', url: 'http://127.0.0.1/', image: '' });
  });
}
