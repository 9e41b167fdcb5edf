import { at, fieldsAt, isJsonObject, listAt } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { podSpecOf, withPodSpec } from '../desired/pod-template.ts';

/** A workload whose images are named by what ran, as far as that is known. */
export interface PinnedImages {
  readonly workload: KubeObject;
  /** Images that are still named by a tag, which may mean something else by now. */
  readonly byTag: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;
const digestOf = /@(sha256:[0-9a-f]{64})$/;

/**
 * Adds to each image the digest that its pods reported. A digest that was reported under another name (an image that
 * was loaded into the node, or of which only the local id is known) could not be pulled, and is not used.
 */
export function pinImages(workload: KubeObject, digests: Readonly<Record<string, string>>): PinnedImages {
  const byTag: string[] = [];
  const pin = (container: Fields): Fields => {
    const image = String(container.image ?? '');
    const pinned = withDigest(image, digests[String(container.name)]);
    if (pinned === undefined) byTag.push(image);
    return pinned === undefined ? container : { ...container, image: pinned };
  };
  const podSpec: Record<string, unknown> = { ...fieldsAt(podSpecOf(workload)) };
  for (const list of ['initContainers', 'containers']) {
    const containers = podSpec[list];
    if (Array.isArray(containers))
      podSpec[list] = containers.map((container) => (isJsonObject(container) ? pin(container) : container));
  }
  return { workload: withPodSpec(workload, podSpec), byTag };
}

function withDigest(image: string, reported: string | undefined): string | undefined {
  if (digestOf.test(image)) return image;
  const [, digest] = digestOf.exec(reported ?? '') ?? [];
  if (digest === undefined || reported === undefined) return undefined;
  // The tag stays for people to read; next to a digest it has no effect.
  return repositoryOf(reported) === repositoryOf(image) ? `${image}@${digest}` : undefined;
}

/** `docker.io/library/nginx` for `nginx:1.29`, as the container runtime completes it. */
function repositoryOf(reference: string): string {
  const [plain = ''] = reference.replace(/^[a-z-]+:\/\//, '').split('@');
  const name = plain.replace(/:[^:/]+$/, '');
  const [first = '', ...rest] = name.split('/');
  if (rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')) return name;
  return rest.length === 0 ? `docker.io/library/${name}` : `docker.io/${name}`;
}

/** Digests by container, as the pods report them; of init containers, too. */
export function reportedDigests(pods: readonly KubeObject[]): Readonly<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const pod of pods) {
    for (const list of ['initContainerStatuses', 'containerStatuses']) {
      for (const status of listAt(pod, 'status', list)) {
        const imageId = at(status, 'imageID');
        if (typeof imageId === 'string' && imageId !== '') digests[String(at(status, 'name'))] = imageId;
      }
    }
  }
  return digests;
}
