import { API_ERRORS, type ApiErrorCode } from '@raccroche/contract';
import { ZodError } from 'zod';
import { RaccrocheError } from '../../kernel/errors.ts';

/** An error as the API tells it. Source: RFC 9457. Never holds a value that somebody sent, nor anything about a person. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ApiErrorCode;
  readonly detail?: string;
  /** Where a request is mis-written: path of the field and what is expected. */
  readonly fields?: readonly { readonly path: string; readonly expected: string }[];
  /** What to quote to whoever runs the service. */
  readonly reference: string;
}

/** Two acts told of one version: the second to arrive is the conflict. */
const ONE_STORY = 'events_case_id_case_version_key';

const isApiCode = (code: string): code is ApiErrorCode => code in API_ERRORS;

export function toProblem(error: unknown, reference: string): Problem {
  if (error instanceof ZodError)
    return problem('bad_request', reference, {
      fields: error.issues.map(({ path, code }) => ({ path: path.join('.'), expected: code })),
    });
  if (error instanceof RaccrocheError && isApiCode(error.code))
    return problem(error.code, reference, { detail: error.message });
  if (error instanceof Error && 'constraint' in error && error.constraint === ONE_STORY)
    return problem('conflict', reference);
  // What the web framework refuses before any handler: a body that is no JSON, too long, of another type.
  if (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500)
    return problem('bad_request', reference);
  return problem('unexpected', reference);
}

function problem(
  code: ApiErrorCode,
  reference: string,
  more: Pick<Problem, 'detail' | 'fields'> = {},
): Problem {
  return { type: `urn:raccroche:problem:${code}`, ...API_ERRORS[code], code, ...more, reference };
}
