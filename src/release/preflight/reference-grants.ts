import { at, listAt, StreamGateError } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { type Check, type Finding, refuse, warn } from './check.ts';
import { foreignNamespaces } from './manifest-facts.ts';

const kind = { apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'ReferenceGrant' };

/** A backend in another namespace needs that namespace's leave; without it the whole route is not accepted. */
export const findMissingGrants: Check = async ({ request: { cluster, desired }, names: { namespace } }) => {
  const findings: Finding[] = [];
  for (const place of foreignNamespaces(desired.routes, namespace)) {
    const grants = await cluster.list(kind, { namespace: place }).catch((thrown: unknown) => {
      if (!(thrown instanceof StreamGateError) || !['Denied', 'Refused', 'NotFound'].includes(thrown.code))
        throw thrown;
      return undefined;
    });
    if (grants === undefined) {
      findings.push(
        warn(
          `A route of the manifests sends to namespace ${place}, and whether a ReferenceGrant there allows it could not be read`,
          'Check it by hand, or give the credentials `list` on referencegrants there.',
        ),
      );
    } else if (!grants.some((grant) => allows(grant, namespace))) {
      findings.push(
        refuse(
          `A route of the manifests sends to namespace ${place}, and no ReferenceGrant there allows HTTPRoutes of ${namespace} to`,
          `Create a ReferenceGrant in ${place}: from HTTPRoute in ${namespace}, to Service.`,
        ),
      );
    }
  }
  return findings;
};

function allows(grant: KubeObject, namespace: string): boolean {
  const listed = (field: string): readonly unknown[] => {
    return listAt(grant, 'spec', field);
  };
  return (
    listed('from').some((from) => at(from, 'kind') === 'HTTPRoute' && at(from, 'namespace') === namespace) &&
    listed('to').some((to) => at(to, 'kind') === 'Service')
  );
}
