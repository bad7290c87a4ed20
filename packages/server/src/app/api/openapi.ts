import {
  API_ERRORS,
  type ApiErrorCode,
  PartnerScopeLabels,
  ROUTES,
  type RouteDefinition,
} from '@raccroche/contract';
import { z } from 'zod';

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'reference'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { enum: Object.keys(API_ERRORS) },
    detail: { type: 'string' },
    fields: { type: 'array', items: { type: 'object' } },
    signIn: { type: 'string' },
    reference: { type: 'string' },
  },
};

/** The OpenAPI 3.1 description of the routes; those of the demonstration only when it is one. */
export function describeApi(version: string, demo: boolean): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(ROUTES) as [string, RouteDefinition][]) {
    if (route.access === 'demo' && !demo) continue;
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeRoute(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Raccroche', version },
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-raccroche' },
        system: {
          type: 'oauth2',
          description: 'Le système d’un partenaire : docs/partenaires.md.',
          flows: {
            clientCredentials: { tokenUrl: ROUTES.oauthToken.path, scopes: { ...PartnerScopeLabels } },
          },
        },
      },
    },
  };
}

function describeRoute(name: string, route: RouteDefinition): Record<string, unknown> {
  const open = route.access === 'public' || route.access === 'demo';
  const codes: readonly ApiErrorCode[] = [
    'bad_request',
    ...(open ? [] : (['not_signed_in', 'not_allowed'] as const)),
    ...(route.stepUp ? (['stronger_sign_in_needed'] as const) : []),
    ...(route.errors ?? []),
    'too_many_requests',
    'unexpected',
  ];
  return {
    operationId: name,
    summary: route.summary,
    security: open ? [] : [route.system ? { system: [route.access] } : { session: [] }],
    'x-permission': route.access,
    ...(route.stepUp ? { 'x-second-factor': true } : {}),
    parameters: [...parametersOf('path', route.params), ...parametersOf('query', route.query)],
    ...bodyOf(route),
    responses: {
      ...(route.redirects
        ? { 302: { description: 'Le navigateur va plus loin.' } }
        : {
            200: {
              description: 'Fait.',
              content: route.text
                ? { [route.text]: { schema: { type: 'string' } } }
                : { 'application/json': { schema: schemaOf(route.response, 'output') } },
            },
          }),
      ...problemsOf(codes),
      ...(route.oauth ? OAUTH_PROBLEMS : {}),
    },
  };
}

function bodyOf({ body, form, uploadMax }: RouteDefinition): Record<string, unknown> {
  const required = (type: string, schema: Record<string, unknown>) => ({
    requestBody: { required: true, content: { [type]: { schema } } },
  });
  if (uploadMax !== undefined)
    return required('application/octet-stream', { type: 'string', format: 'binary' });
  if (body === undefined) return {};
  return required(form ? 'application/x-www-form-urlencoded' : 'application/json', schemaOf(body, 'input'));
}

/** RFC 6749 §5.2: not a problem for people, but what every OAuth library reads. */
const OAUTH_PROBLEMS = Object.fromEntries(
  [400, 401].map((status) => [
    status,
    {
      description: 'Refusé, dans les mots de la RFC 6749 (5.2).',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['error'],
            properties: { error: { type: 'string' }, error_description: { type: 'string' } },
          },
        },
      },
    },
  ]),
);

/** One answer a status: several codes may share one. */
function problemsOf(codes: readonly ApiErrorCode[]): Record<string, unknown> {
  const statuses = [...new Set(codes.map((code) => API_ERRORS[code].status))].sort();
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes
          .filter((code) => API_ERRORS[code].status === status)
          .map((code) => `\`${code}\` : ${API_ERRORS[code].title}`)
          .join('\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function parametersOf(place: 'path' | 'query', shape: z.ZodObject | undefined): unknown[] {
  if (!shape) return [];
  const schema = schemaOf(shape, 'input') as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (schema.required ?? []).includes(name),
    schema: property,
  }));
}

function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema;
}
