import { describeRef, refOf } from '../../cluster/index.ts';
import { configRefs } from '../desired/config-refs.ts';
import { copyOfAnnotation, isCopy } from '../slots/config-copies.ts';
import { type Check, type Finding, refuse, warn } from './check.ts';

/** Whether the name of each copy is free, or its own. */
export const findForeignCopies: Check = async ({ request: { cluster, desired } }) => {
  const findings: Finding[] = [];
  for (const copy of desired.copies) {
    const ref = refOf(copy);
    const standing = await cluster.get(ref);
    if (standing === undefined || isCopy(standing, copy)) continue;
    findings.push(
      refuse(
        `${describeRef(ref)} is there, and is not the copy that this release would make`,
        'Find out who made it; delete or rename it.',
      ),
    );
  }
  return findings;
};

/** A Secret that a person names must be one that the pods read, and must be somewhere. */
export const findUnusedSecretNames: Check = async ({ request: { desired, versionSecrets = [] } }) => {
  const named = configRefs(desired.workload).filter(({ kind }) => kind === 'Secret');
  const copied = desired.copies.map(({ metadata }) => metadata.annotations?.[copyOfAnnotation]);
  return versionSecrets.flatMap((name) => {
    if (copied.includes(name)) return [];
    const readers = named.filter((ref) => ref.name === name);
    if (readers.some(({ optional }) => !optional)) {
      const [first] = readers;
      return [
        refuse(
          `Secret ${name} is neither in the manifests nor in the cluster, and ${first?.where} reads it`,
          'Create it, or put it into the manifests.',
        ),
      ];
    }
    // Of a release that only changes the image, the template names the copy of the release before.
    if (named.some((ref) => ref.name.startsWith(`${name}-`))) return [];
    return [
      warn(
        `version-secrets names Secret ${name}, which ${readers.length > 0 ? 'is not there' : 'the pod template does not read'}`,
        'Nothing is copied for it: correct the name, or leave it out.',
      ),
    ];
  });
};
