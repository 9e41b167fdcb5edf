export { createGatewayRouter } from './gateway-router.ts';
export { type BackendNames, type RouteTarget, readRules, readTarget } from './http-route.ts';
export type { TrafficRouter } from './router.ts';
