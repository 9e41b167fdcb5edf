export { createSandbox } from './create-sandbox.ts';
export type { AccessAttributes, FaultEffect, FaultMatch, Faults } from './faults.ts';
export type { CustomImage, CustomImages } from './images.ts';
export type {
  ApiRequest,
  ApiResponse,
  FakeAnswer,
  GatewayLogEntry,
  LoggedRequest,
  PodName,
  Sandbox,
  SandboxOptions,
} from './sandbox.ts';
