import type { ApiRequest, Transport } from '../../../src/cluster/index.ts';

/** Counts the requests that change the cluster; questions and dry runs change nothing. */
export function countWrites() {
  let writes = 0;
  return {
    watch: (direct: Transport): Transport => ({
      ...direct,
      send(request) {
        if (isWrite(request)) writes += 1;
        return direct.send(request);
      },
    }),
    count: () => writes,
    reset: () => {
      writes = 0;
    },
  };
}

function isWrite({ method, path }: ApiRequest): boolean {
  return method !== 'GET' && !path.includes('dryRun=All') && !path.includes('accessreviews');
}
