import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../../../src/cluster/index.ts';
import { pinImages, reportedDigests } from '../../../src/release/slots/pin-images.ts';

const digest = `sha256:${'a1'.repeat(32)}`;
const workload = (image: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: { template: { spec: { containers: [{ name: 'app', image, ports: [] }] } } },
});
const pinned = (image: string, reported: string | undefined) =>
  pinImages(workload(image), reported === undefined ? {} : { app: reported });

describe('the images of a version that is started again', () => {
  it.each([
    ['ghcr.io/acme/shop:1.9.0', `ghcr.io/acme/shop@${digest}`],
    ['acme/shop:1.9.0', `docker.io/acme/shop@${digest}`],
    ['nginx', `docker.io/library/nginx@${digest}`],
    ['localhost:5000/shop', `localhost:5000/shop@${digest}`],
    ['ghcr.io/acme/shop:1.9.0', `docker-pullable://ghcr.io/acme/shop@${digest}`],
  ])('%s that ran as %s is named by its digest', (image, reported) => {
    const answer = pinned(image, reported);
    expect(answer).toEqual({ workload: workload(`${image}@${digest}`), byTag: [] });
  });

  it('one that is named by a digest stays as it is', () => {
    const image = `ghcr.io/acme/shop@${digest}`;
    expect(pinned(image, undefined)).toEqual({ workload: workload(image), byTag: [] });
  });

  it.each([
    ['nothing was recorded', undefined],
    ['only the local id is known', digest],
    ['it was loaded into the node under another name', `docker.io/library/import-2026-01-01@${digest}`],
  ])('where %s, the tag stays, and is told', (_why, reported) => {
    const image = 'ghcr.io/acme/shop:1.9.0';
    expect(pinned(image, reported)).toEqual({ workload: workload(image), byTag: [image] });
  });

  it('are recorded of init containers, too', () => {
    const pod: KubeObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      status: {
        initContainerStatuses: [{ name: 'init', imageID: `acme/init@${digest}` }],
        containerStatuses: [
          { name: 'app', imageID: `acme/shop@${digest}` },
          { name: 'late', imageID: '' },
        ],
      },
    };
    expect(reportedDigests([pod])).toEqual({ init: `acme/init@${digest}`, app: `acme/shop@${digest}` });
  });
});
