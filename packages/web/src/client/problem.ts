import { API_ERRORS, type ApiErrorCode } from '@raccroche/contract';

/** What the server said when it refused, for people. Source: RFC 9457. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ApiErrorCode;
  /** To quote to whoever runs the service. */
  readonly reference: string | undefined;

  constructor(code: ApiErrorCode, detail: string | undefined, reference: string | undefined) {
    super(detail ?? API_ERRORS[code].title);
    this.code = code;
    this.reference = reference;
  }
}

/** The server could not be reached: nothing is known of what it did. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const isCode = (code: unknown): code is ApiErrorCode => typeof code === 'string' && code in API_ERRORS;
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Reads a body of problem+json, or makes up the one that the status tells. */
export function toApiProblem(status: number, body: unknown): ApiProblem {
  const told = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const byStatus = (Object.keys(API_ERRORS) as ApiErrorCode[]).find(
    (code) => API_ERRORS[code].status === status,
  );
  return new ApiProblem(
    isCode(told.code) ? told.code : (byStatus ?? 'unexpected'),
    text(told.detail),
    text(told.reference),
  );
}

export const hasCode = (error: unknown, code: ApiErrorCode): error is ApiProblem =>
  error instanceof ApiProblem && error.code === code;
