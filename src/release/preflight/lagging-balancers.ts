import { at } from '../../base/index.ts';
import { describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import { ingressKind, ingressLeadsTo } from '../../traffic/index.ts';
import { entryRef, guidedServices, modeOf } from '../slots/names.ts';
import { type Check, type Finding, refuse, warn } from './check.ts';

const albPrefix = 'alb.ingress.kubernetes.io/';
const nlbTargets = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';
const nlbType = 'service.beta.kubernetes.io/aws-load-balancer-type';
const negAnnotation = 'cloud.google.com/neg';

/**
 * Load balancers of a cloud that keep the pods themselves as their targets register new ones long after the
 * EndpointSlices name them, and let old ones go at once: a Service that moves all of its endpoints leaves them with
 * none that are healthy. Argo Rollouts documents the same for its own switch (argo-rollouts issues 4297 and 4834).
 */
export const findLaggingBalancers: Check = async ({ request, names }) => {
  if (modeOf(names) === 'gateway') return [];
  const { cluster, desired, traffic = 'auto' } = request;
  const standing = await cluster.list(ingressKind, { namespace: names.namespace });
  const wanted = desired.others.filter(({ kind }) => kind === 'Ingress');
  const given = new Set(wanted.map(({ metadata }) => metadata.name));
  // What the manifests say of an Ingress is what will stand by the time of the switch.
  const ingresses = [...wanted, ...standing.filter(({ metadata }) => !given.has(metadata.name))].filter(
    (ingress) => guidedServices(names).some((service) => ingressLeadsTo(ingress, service)),
  );
  const service = (await cluster.get(entryRef(names))) ?? desired.service;
  const services = [service, desired.service];
  const findings = [...ingresses.flatMap((ingress) => ofAlb(ingress)), ...ofServices(services, ingresses)];
  // Who names the way has been told, and may know better what a lost request costs.
  return traffic === 'service'
    ? findings.map((finding): Finding => ({ ...finding, level: 'warn' }))
    : findings;
};

const instead =
  'Send traffic through an HTTPRoute, whose weights move between two Services that both stay registered. ' +
  'To take the loss, say `traffic: service`.';

function ofAlb(ingress: KubeObject): Finding[] {
  if (!isAlb(ingress)) return [];
  const what = describeRef(refOf(ingress));
  if (annotation(ingress, `${albPrefix}target-type`) === 'ip') {
    return [
      refuse(
        `${what} makes an ALB send to the pods themselves: when the selector of the Service moves, the old pods leave its target group at once and the new ones are healthy only later, so requests are lost`,
        `${instead} With \`${albPrefix}target-type: instance\` the nodes are the targets and stay.`,
      ),
    ];
  }
  return [
    warn(
      `${what} is served by an ALB, which sends to the nodes, as long as its controller has no other default`,
      `Say \`${albPrefix}target-type: instance\` to be sure; with \`ip\` a switch by the selector loses requests.`,
    ),
  ];
}

function isAlb({ metadata, spec }: KubeObject): boolean {
  const { annotations = {} } = metadata;
  const classes = [at(spec, 'ingressClassName'), annotations['kubernetes.io/ingress.class']];
  return classes.includes('alb') || Object.keys(annotations).some((key) => key.startsWith(albPrefix));
}

function ofServices(services: readonly KubeObject[], ingresses: readonly KubeObject[]): Finding[] {
  const [service] = services;
  if (service === undefined) return [];
  const what = describeRef(refOf(service));
  const cloud = services.map(balancerOf(ingresses)).find((name) => name !== undefined);
  if (cloud === undefined) return [];
  return [
    refuse(
      `${what} makes ${cloud} send to the pods themselves: when its selector moves, the old pods are let go at once and the new ones are healthy only later, so requests are lost`,
      instead,
    ),
  ];
}

/** Which balancer takes the pods of a Service as its targets. */
function balancerOf(ingresses: readonly KubeObject[]) {
  return (service: KubeObject): string | undefined => {
    if (annotation(service, nlbTargets) === 'ip' || annotation(service, nlbType) === 'nlb-ip')
      return 'an NLB';
    const neg = parse(annotation(service, negAnnotation));
    // GKE writes `ingress: true` on its own; that matters only where an Ingress of its own class uses the Service.
    const isUsed = at(neg, 'ingress') === true && ingresses.some(isOfGke);
    return isUsed || at(neg, 'exposed_ports') !== undefined
      ? 'a load balancer of Google Cloud (NEG)'
      : undefined;
  };
}

function isOfGke({ metadata, spec }: KubeObject): boolean {
  const name = at(spec, 'ingressClassName') ?? metadata.annotations?.['kubernetes.io/ingress.class'] ?? 'gce';
  return String(name).startsWith('gce');
}

function annotation({ metadata }: KubeObject, key: string): string | undefined {
  return metadata.annotations?.[key];
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
