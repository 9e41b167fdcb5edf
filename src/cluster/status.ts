import { at, type ErrorCode, StreamGateError } from '../base/index.ts';

/** An answer of the API server that is no success. */
export interface ApiFailure {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
  /** The request was a JSON patch with a `test` operation. */
  readonly preconditioned: boolean;
}

/** A page of a proxy says nothing more after this many characters. */
const longestMessage = 2_000;

/** Begins what the API server says of an applied object whose fields have wrong types or names. */
const wrongFields = /^failed to (create typed patch object|convert new object)/;

/**
 * Whether a later try may go well with nothing changed. A server-side apply of an object with a field of the wrong type
 * is answered 500, without a reason (kube-apiserver 1.34): nothing of it will pass.
 */
export function isTransient({ status, body }: Pick<ApiFailure, 'status' | 'body'>): boolean {
  if (status === 500 && wrongFields.test(String(at(body, 'message') ?? ''))) return false;
  return status === 429 || status >= 500;
}

/**
 * The server's `Status` as our error.
 * A JSON patch whose `test` did not hold is answered 422 `Invalid` with no details (kube-apiserver 1.34): that is a
 * `Conflict`, whereas a 422 with details is a validation error of what we sent.
 */
export function toApiError(failure: ApiFailure): StreamGateError {
  const told = withoutValues(String(at(failure.body, 'message') ?? failure.body ?? ''));
  // A list of fields that are not known is wanted whole.
  const message = told.includes('strict decoding error') ? told : told.slice(0, longestMessage);
  const subject = `${failure.method} ${failure.path.split('?')[0]} answered ${failure.status}`;
  const code = codeOf(failure);
  return new StreamGateError(code, message === '' ? subject : `${message} (${subject})`, {
    remedy: remedyOf(code, failure),
  });
}

/** A server-side apply quotes what stands where another type belongs, also in a Secret. */
function withoutValues(message: string): string {
  return message.replace(
    /got &value\.valueUnstructured\{Value:[\s\S]*?\}(?=\n *\.|$)/g,
    'got a value of another type',
  );
}

function codeOf(failure: ApiFailure): ErrorCode {
  const { status, body, preconditioned } = failure;
  if (status === 404) return 'NotFound';
  if (status === 409) return 'Conflict';
  if (status === 422 && preconditioned && at(body, 'details', 'causes') === undefined) return 'Conflict';
  if (status === 401 || status === 403) return 'Denied';
  if (isTransient(failure)) return 'Unreachable';
  return 'Refused';
}

function remedyOf(code: ErrorCode, failure: ApiFailure): string {
  if (failure.status === 401)
    return 'The credentials are not accepted or have expired: check the kubeconfig and its user.';
  if (code === 'Denied')
    return 'Grant the permission named above, or print the Role that is needed with `mode: plan`.';
  if (code === 'Unreachable')
    return 'The API server is in trouble. Nothing is lost: run the same command again.';
  if (code === 'NotFound') return 'Check name and namespace, and create what is missing first.';
  if (code === 'Conflict') return 'Somebody else changed it meanwhile. Look at who does, and run this again.';
  return 'The API server does not take it as it is: correct what its message names, and run this again.';
}
