/** Reasons of a failed request, as Kubernetes names them. */
export type ApiReason =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Expired'
  | 'UnsupportedMediaType'
  | 'Invalid'
  | 'TooManyRequests'
  | 'InternalError'
  | 'NotImplemented'
  | 'ServiceUnavailable';

const codes: Readonly<Record<ApiReason, number>> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  NotImplemented: 501,
  ServiceUnavailable: 503,
};

export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** The body of every failed answer (and of a delete): meta/v1 Status. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Failure' | 'Success';
  readonly message?: string;
  readonly reason?: ApiReason;
  readonly details?: StatusDetails;
  readonly code?: number;
}

/** A request that the API refuses; it becomes the Status body of the answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Undefined for what the server has no answer of its own for: a plain 500. */
  readonly reason: ApiReason | undefined;
  readonly code: number;
  readonly details: StatusDetails | undefined;

  constructor(reason: ApiReason | undefined, message: string, details?: StatusDetails) {
    super(message);
    this.reason = reason;
    this.code = reason === undefined ? codes.InternalError : codes[reason];
    this.details = details;
  }

  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

/** What an error says about the object it is about. */
export interface ErrorSubject {
  readonly group: string;
  readonly resource: string;
}

export function notFound(subject: ErrorSubject, name: string): ApiError {
  return new ApiError('NotFound', `${qualified(subject)} "${name}" not found`, detailsOf(subject, name));
}

export function alreadyExists(subject: ErrorSubject, name: string): ApiError {
  return new ApiError(
    'AlreadyExists',
    `${qualified(subject)} "${name}" already exists`,
    detailsOf(subject, name),
  );
}

export function conflict(subject: ErrorSubject, name: string, why: string): ApiError {
  return new ApiError(
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(subject)} "${name}": ${why}`,
    detailsOf(subject, name),
  );
}

/** One wrong field of an object, worded as the API server words it. */
export interface FieldError {
  readonly reason: `FieldValue${'Required' | 'Invalid' | 'Forbidden' | 'NotSupported' | 'NotFound' | 'Duplicate' | 'TooLong' | 'TypeInvalid'}`;
  readonly field: string;
  readonly message: string;
}

/** 422 with every wrong field. */
export function invalid(
  type: { readonly group: string; readonly kind: string },
  name: string,
  errors: readonly FieldError[],
): ApiError {
  const kind = type.group ? `${type.kind}.${type.group}` : type.kind;
  const lines = errors.map((error) => `${error.field}: ${error.message}`);
  const text = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  return new ApiError('Invalid', `${kind} "${name}" is invalid: ${text}`, {
    ...(name && { name }),
    ...(type.group && { group: type.group }),
    ...(type.kind && { kind: type.kind }),
    causes: errors.map(({ reason, field, message }) => ({ reason, message, field })),
  });
}

function qualified({ group, resource }: ErrorSubject): string {
  return group ? `${resource}.${group}` : resource;
}

function detailsOf({ group, resource }: ErrorSubject, name: string): StatusDetails {
  return { name, ...(group && { group }), kind: resource };
}
