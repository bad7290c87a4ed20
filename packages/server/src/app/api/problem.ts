import { API_ERRORS, type ApiErrorCode } from '@raccroche/contract';
import { ZodError } from 'zod';
import { RaccrocheError } from '../../kernel/errors.ts';
import { escapeHtml } from '../../kernel/html.ts';

/** An error as the API tells it. Source: RFC 9457. Never holds a value that somebody sent, nor anything about a person. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ApiErrorCode;
  readonly detail?: string;
  /** Where a request is mis-written: path of the field and what is expected. */
  readonly fields?: readonly { readonly path: string; readonly expected: string }[];
  /** Where to send the browser to be let through afterwards; `returnTo` may be added. */
  readonly signIn?: string;
  /** What to quote to whoever runs the service. */
  readonly reference: string;
}

/** Two acts told of one version: the second to arrive is the conflict. */
const ONE_STORY = 'events_case_id_case_version_key';

/** What the base itself refuses, by SQLSTATE; the text of these is written for people, in the migrations. */
const REFUSALS: Readonly<Record<string, ApiErrorCode>> = {
  RA001: 'stronger_sign_in_needed',
  RA002: 'quota_reached',
  RA003: 'not_allowed',
  RA004: 'not_possible',
  RA005: 'not_found',
};
const STRONGER_SIGN_IN = '/api/sign-in?strong=true';

const isApiCode = (code: string): code is ApiErrorCode => code in API_ERRORS;

export function toProblem(error: unknown, reference: string): Problem {
  if (error instanceof ZodError)
    return problem('bad_request', reference, {
      fields: error.issues.map(({ path, code }) => ({ path: path.join('.'), expected: code })),
    });
  if (error instanceof RaccrocheError && isApiCode(error.code))
    return problem(error.code, reference, { detail: error.message });
  const refusal = error instanceof Error && 'code' in error ? REFUSALS[String(error.code)] : undefined;
  if (refusal && error instanceof Error) return problem(refusal, reference, { detail: error.message });
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
  const signIn = code === 'stronger_sign_in_needed' ? { signIn: STRONGER_SIGN_IN } : {};
  return { type: `urn:raccroche:problem:${code}`, ...API_ERRORS[code], code, ...more, ...signIn, reference };
}

/** The same for somebody whose browser came here by itself. */
export function problemPage({ title, detail, reference }: Problem): string {
  return `<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body>
<h1>${escapeHtml(title)}</h1>
${detail === undefined ? '' : `<p>${escapeHtml(detail)}</p>\n`}<p><a href="/">Revenir à l’accueil</a></p>
<p><small>Référence : ${escapeHtml(reference)}</small></p>
</body>
</html>
`;
}
