import { modeOf } from '../slots/names.ts';
import { copiedAnnotations } from '../slots/slot-objects.ts';
import { type Check, refuse } from './check.ts';

/**
 * Annotations by which clouds and gateways treat the pods behind one Service in their own way. While traffic moves, the
 * route sends to the Services of the slots: what such an annotation says would not hold there.
 */
const backendDomains = [
  'cloud.google.com/',
  'networking.gke.io/',
  'alb.ingress.kubernetes.io/',
  'appgw.ingress.kubernetes.io/',
  'traefik.ingress.kubernetes.io/',
  'nginx.org/',
  'haproxy.org/',
  'konghq.com/',
  'projectcontour.io/',
  'service.cilium.io/',
  'getambassador.io/',
];

export const findBackendAnnotations: Check = async ({ request: { desired, allowedAnnotations }, names }) => {
  // Without a route nobody is sent to the Services of the slots.
  if (modeOf(names) === 'service') return [];
  const { service } = desired;
  const settled = new Set([...copiedAnnotations, ...(allowedAnnotations ?? [])]);
  return Object.keys(service.metadata.annotations ?? {})
    .filter((key) => backendDomains.some((domain) => key.startsWith(domain)) && !settled.has(key))
    .map((key) =>
      refuse(
        `Service ${service.metadata.name} has the annotation ${key}, which would not hold for the Services of the slots while traffic moves`,
        `When requests are well served without it for that time, say so: \`allow-annotations: ${key}\`. Else leave it out.`,
      ),
    );
};
