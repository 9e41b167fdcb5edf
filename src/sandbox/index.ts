export { createSandbox } from './create-sandbox.ts';
export type { FaultEffect, Faults } from './faults.ts';
export type { CustomImages } from './images.ts';
export type { ApiRequest, ApiResponse, FakeAnswer, GatewayLogEntry, PodName, Sandbox } from './sandbox.ts';
