import { z } from 'zod';
import {
  ApplicationSchema,
  CaseStateSchema,
  SubmissionSchema,
  TroubleSchema,
  VerificationStateSchema,
  WebhookSchema,
} from './schemas.ts';

/** Where this assistant hears of changed cases. */
export const WEBHOOK_PATH = '/webhooks/case-backend';

const SCHEMAS = {
  Submission: SubmissionSchema,
  CaseState: CaseStateSchema,
  Application: ApplicationSchema,
  VerificationState: VerificationStateSchema,
  Changed: WebhookSchema,
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
const DECISION = answer('What was decided about the company so far.', 'VerificationState');
const UNKNOWN = answer('It is not known there.', 'Trouble');
const LATER = answer('Not now: asked again after Retry-After, or soon.', 'Trouble');

const inPath = (name: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
});
const caseId = inPath('caseId');
const applicationId = inPath('applicationId');
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

/** A part of JSON, and then the pictures that it names. */
const upload = (part: string, name: keyof typeof SCHEMAS) => ({
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: [part],
        properties: { [part]: { $ref: `#/components/schemas/${name}` } },
        additionalProperties: { type: 'string', contentMediaType: 'image/*' },
        description: `The part \`${part}\` comes first; then the pictures that it names, streamed.`,
      },
      encoding: { [part]: { contentType: 'application/json' } },
    },
  },
});

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
      requestBody: upload('case', 'Submission'),
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
        'Withdraws a case: the installer took it back, or had their data deleted. An ended one stays as it is.',
      parameters: [caseId],
      responses: { 200: STATE, 404: UNKNOWN, 503: LATER },
    },
  },
  '/verifications': {
    post: {
      operationId: 'submitVerification',
      summary:
        'Takes a company’s application to be verified. Used with CASE_BACKEND_VERIFIES=true.',
      description:
        'Repeated with the same key, the applicationId, until it is answered; the final statuses are ' +
        'those of /cases.',
      parameters: [header('Idempotency-Key', 'The applicationId.')],
      requestBody: upload('verification', 'Application'),
      responses: {
        200: DECISION,
        422: answer('Never to be taken like this; an operator hears of it.', 'Trouble'),
        503: LATER,
      },
    },
  },
  '/verifications/{applicationId}': {
    get: {
      operationId: 'verificationState',
      summary:
        'Tells what was decided. Asked regularly while it waits, in case a webhook was lost.',
      parameters: [applicationId],
      responses: { 200: DECISION, 404: UNKNOWN, 503: LATER },
    },
  },
  '/verifications/{applicationId}/cancel': {
    post: {
      operationId: 'cancelVerification',
      summary:
        'Withdraws an application: it was replaced by a newer one, or its data were deleted here.',
      parameters: [applicationId],
      responses: { 200: DECISION, 404: UNKNOWN, 503: LATER },
    },
  },
};

const WEBHOOKS = {
  changed: {
    post: {
      operationId: 'changed',
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
      requestBody: { required: true, content: content('Changed') },
      responses: {
        200: { description: 'It is kept.' },
        401: answer('The signature does not fit, or is too old.', 'Trouble'),
        404: answer('Nothing of this server has this id, or not any more.', 'Trouble'),
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
      version: '1.1.0',
      description:
        'What a server answers that decides cases, and companies’ verification if it likes (paths), and what it tells the assistant (webhooks).',
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
