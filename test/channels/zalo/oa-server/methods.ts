import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { OaServer } from './oa-server.ts';
import type { Person, Shown } from './person.ts';
import { Refusal } from './refusal.ts';
import { checkMessage, checkTemplate } from './rules.ts';

const DAY = 24 * 3_600_000;

type Method = (server: OaServer, body: unknown) => Record<string, unknown>;

/** What the hosts do, by path. */
export const methods: Readonly<Record<string, Method>> = {
  '/v3.0/oa/message/cs': (server, body) => {
    const { userId, message } = checkMessage(body);
    const person = personOf(server, userId);
    if (!person.follows) throw new Refusal(-213, 'User is not a follower');
    if (person.refusedWith !== 0) throw new Refusal(person.refusedWith, 'refused');
    if (server.now() - person.lastInteraction >= 7 * DAY) {
      throw new Refusal(-230, 'User has not interacted with the OA in the past 7 days');
    }
    const payload = message.attachment?.payload;
    if (payload && 'token' in payload) {
      const file = server.uploads.get(payload.token);
      if (!file) throw new Refusal(-100, 'Attachment has expired');
      person.files.push(Buffer.from(file).toString());
    }
    const media = payload && 'elements' in payload ? payload : null;
    const element = media?.elements[0];
    if (element && 'attachment_id' in element && !server.uploads.has(element.attachment_id)) {
      throw new Refusal(-100, 'Attachment has expired');
    }
    const buttons = payload && 'buttons' in payload ? payload.buttons : [];
    return sent(person, {
      text: message.text ?? '',
      buttons: buttons.flatMap(({ title, payload: hidden }) =>
        typeof hidden === 'string' ? [{ title, payload: hidden }] : [],
      ),
      picture: media?.template_type === 'media',
      asksPhone: media?.template_type === 'request_user_info',
    });
  },
  '/v3.0/oa/quota/message': (server, body) => {
    const { user_id: userId } = z.strictObject({ user_id: z.string() }).parse(body);
    return { last_interaction: String(personOf(server, userId).lastInteraction) };
  },
  '/v3.0/oa/user/detail': (server, body) => {
    const { user_id: userId } = z.strictObject({ user_id: z.string() }).parse(body);
    const { id, name } = personOf(server, userId);
    return { user_id: id, user_id_by_app: `app-${id}`, display_name: name, user_is_follower: true };
  },
  '/v2.0/oa/upload/image': (server, body) => {
    const { name, bytes } = z
      .object({ name: z.string(), bytes: z.instanceof(Uint8Array) })
      .parse(body);
    const magic = Buffer.from(bytes.subarray(0, 4)).toString('hex');
    const fits = /\.(jpe?g|png)$/.test(name) && /^(ffd8ff|89504e47)/.test(magic);
    if (!fits) throw new Refusal(-201, 'File is no picture');
    if (bytes.length > 1_048_576) throw new Refusal(-210, 'File is over 1MB');
    const id = randomBytes(24).toString('base64url');
    server.uploads.set(id, bytes);
    return { attachment_id: id };
  },
  '/v2.0/oa/upload/file': (server, body) => {
    const { name, bytes } = z
      .object({ name: z.string(), bytes: z.instanceof(Uint8Array) })
      .parse(body);
    const magic = Buffer.from(bytes.subarray(0, 4)).toString('hex');
    const fits = /\.(pdf|docx?)$/.test(name) && /^(25504446|d0cf11e0|504b0304)/.test(magic);
    if (!fits) throw new Refusal(-201, 'File type is not supported');
    if (bytes.length > 5 * 1_048_576) throw new Refusal(-210, 'File is over 5MB');
    const token = randomBytes(24).toString('base64url');
    server.uploads.set(token, bytes);
    return { token };
  },
  '/v3.0/oa/message/template': (server, body) => {
    const { user_id: userId = '', template_id: id, template_data: data } = checkTemplate(body);
    if (id !== server.templates.uid) throw new Refusal(-249, 'Template cannot be sent by UID');
    const person = personOf(server, userId);
    server.billed.push({ by: 'uid', to: userId, data });
    return sent(person, { template: data });
  },
  '/message/template': (server, body) => {
    const { phone = '', template_id: id, template_data: data } = checkTemplate(body);
    if (id !== server.templates.phone) throw new Refusal(-109, 'Template is invalid');
    const person = [...server.people.values()].find((one) => one.phone === phone);
    if (!person) throw new Refusal(-108, 'Phone number is invalid');
    server.billed.push({ by: 'phone', to: phone, data });
    const { message_id: msgId } = sent(person, { template: data });
    return { msg_id: msgId, sent_time: String(server.now()), sending_mode: '1' };
  },
};

function personOf(server: OaServer, id: string): Person {
  const person = server.people.get(id);
  if (!person) throw new Refusal(-201, 'user_id is invalid');
  return person;
}

function sent(person: Person, shown: Partial<Shown>) {
  const id = randomBytes(10).toString('hex');
  const nothing = { text: '', buttons: [], picture: false, asksPhone: false, template: null };
  person.messages.push({ ...nothing, ...shown, id });
  return { message_id: id, user_id: person.id, sent_time: String(Date.now()) };
}
