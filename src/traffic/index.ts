export { createGatewayRouter } from './gateway-router.ts';
export {
  type BackendNames,
  type RouteTarget,
  readRules,
  readTarget,
  sendsTo,
  sharesCallers,
  type Way,
} from './http-route.ts';
export { doorsTo, type IngressDoor, ingressKind, ingressLeadsTo } from './ingress.ts';
export { noRouter } from './no-router.ts';
export type { TrafficRouter } from './router.ts';
