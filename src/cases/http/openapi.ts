import { z } from 'zod';
import { CaseStateSchema, SubmissionSchema, TroubleSchema, WebhookSchema } from './schemas.ts';

/** Where this assistant hears of changed cases. */
export const WEBHOOK_PATH = '/webhooks/case-backend';

const SCHEMAS = {
  Submission: SubmissionSchema,
  CaseState: CaseStateSchema,
  CaseChanged: WebhookSchema,
  Trouble: TroubleSchema,
};

const content = (name: keyof typeof SCHEMAS) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
});
const answer = (description: string, name: keyof typeof SCHEMAS) => ({
  description,
  content: content(name),
});
const STATE = answer('The case as it stands there now.', 'CaseState');
const UNKNOWN = answer('No such case.', 'Trouble');
const LATER = answer('Not now: asked again after Retry-After, or soon.', 'Trouble');

const caseId = { name: 'caseId', in: 'path', required: true, schema: { type: 'string' } };
const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

const PATHS = {
  '/cases': {
    post: {
      operationId: 'submitCase',
      summary: 'Takes a case, or what was added to one.',
      description:
        'Repeated with the same key until it is answered: the first answer to a key is given again, ' +
        'and nothing is done twice. Another key with a known caseId brings what the installer added; ' +
        'the case is looked at again, unless it has ended. Statuses 400, 409, 413, 415 and 422 are ' +
        'taken as final, every other failure as passing.',
      parameters: [header('Idempotency-Key', 'Names this submission, for good.')],
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['case'],
              properties: { case: { $ref: '#/components/schemas/Submission' } },
              additionalProperties: { type: 'string', contentMediaType: 'image/*' },
              description:
                'The part `case` comes first; then the pictures that it names, streamed.',
            },
            encoding: { case: { contentType: 'application/json' } },
          },
        },
      },
      responses: {
        200: STATE,
        422: answer('Never to be taken like this; an operator hears of it.', 'Trouble'),
        503: LATER,
      },
    },
  },
  '/cases/{caseId}': {
    get: {
      operationId: 'caseState',
      summary: 'Tells how a case stands. Asked regularly, in case a webhook was lost.',
      parameters: [caseId],
      responses: { 200: STATE, 404: UNKNOWN, 503: LATER },
    },
  },
  '/cases/{caseId}/cancel': {
    post: {
      operationId: 'cancelCase',
      summary:
        'Withdraws a case: the installer had their data deleted. An ended one stays as it is.',
      parameters: [caseId],
      responses: { 200: STATE, 404: UNKNOWN, 503: LATER },
    },
  },
};

const WEBHOOKS = {
  caseChanged: {
    post: {
      operationId: 'caseChanged',
      summary: `Sent to ${WEBHOOK_PATH} at the assistant, signed as standardwebhooks.com says.`,
      description:
        'Deliver again after anything but 200, 401 and 422, under the same webhook-id. Deliveries ' +
        'may come twice or out of order: the revision decides.',
      security: [],
      parameters: [
        header('webhook-id', 'The same for every attempt to deliver it.'),
        header('webhook-timestamp', 'Seconds since 1970, of this attempt; five minutes count.'),
        header('webhook-signature', 'v1, and HMAC-SHA256 in base64 of id.timestamp.body.'),
      ],
      requestBody: { required: true, content: content('CaseChanged') },
      responses: {
        200: { description: 'It is kept.' },
        401: answer('The signature does not fit, or is too old.', 'Trouble'),
        404: answer('No case of this server has this id.', 'Trouble'),
        422: answer('Something in it is not as agreed; the message names it.', 'Trouble'),
        503: LATER,
      },
    },
  },
};

/** The contract with a server that decides cases, as OpenAPI 3.1. */
export function backendOpenApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Case backend of the unbinding assistant',
      version: '1.0.0',
      description:
        'What a server answers that decides cases (paths), and what it tells the assistant (webhooks).',
    },
    security: [{ secret: [] }],
    paths: PATHS,
    webhooks: WEBHOOKS,
    components: {
      securitySchemes: {
        secret: { type: 'http', scheme: 'bearer', description: 'CASE_BACKEND_SECRET.' },
      },
      schemas: Object.fromEntries(
        Object.entries(SCHEMAS).map(([name, schema]) => [name, schemaOf(schema)]),
      ),
    },
  };
}
