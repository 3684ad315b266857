import { z } from 'zod';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { problemText } from '../../shared/i18n/translator';
import type { Account } from '../../shared/model/account';
import type { QueueInput } from '../queue';
import { refuseScope } from './admit';
import { failure, refusal, say, uploadAnswer } from './answers';
import type { ApiCall, ApiDeps, ApiPort, Caller } from './api-env';
import { checkedKept, inputOfPath } from './path-input';
import { discard, isForm, readForm, type FormRead } from './read-form';
import { readText, type TextRead } from './read-text';

/** Paths looked at, and addresses fetched, at the same time for one request. */
const AT_ONCE = 8;

const List = z.object({ list: z.union([z.array(z.string().min(1).max(32_768)), z.null()]).optional() });

/** Uploads what a program names or sends, and answers when each input has ended. */
export async function runUpload(deps: ApiDeps, port: ApiPort, call: ApiCall, caller: Caller): Promise<Response> {
  const account = accountFor(deps, call);
  if (account === undefined) return failure(deps, call, 400, say(deps, 'noAccount'));
  const inputs = isForm(call.env.incoming) ? await formInputs(deps, call, caller) : await bodyInputs(deps, port, call, caller);
  if (inputs instanceof Response) return inputs;
  call.get('trace').inputs = inputs.length;
  const options = { accountId: account.id, albumId: null, force: false, origin: 'api', format: null } as const;
  const batch = await deps.queue.addMany(inputs, options);
  return uploadAnswer(deps, call, await batch.finished);
}

/** PicList's clients name a host (`picbed`) or one of its set-ups (`configName`): an account by its name, or the first of a kind. */
function accountFor({ accounts }: ApiDeps, call: ApiCall): Account | undefined {
  const wanted = call.req.query('configName') ?? call.req.query('picbed');
  if (wanted === undefined || wanted === '') return accounts.default();
  const all = accounts.list();
  return all.find(({ name }) => name === wanted) ?? all.find(({ provider, onlyThisComputer }) => provider === wanted && !onlyThisComputer);
}

async function formInputs(deps: ApiDeps, call: ApiCall, caller: Caller): Promise<readonly QueueInput[] | Response> {
  const refused = refuseScope(deps, call, caller, 'upload');
  if (refused !== null) return refused;
  const read = await readForm(call.env.incoming, { limits: deps.limits, keep: (name, bytes) => deps.intake.bytes(name, bytes) });
  if (!read.ok) return notRead(deps, call, read.why);
  if (read.inputs.length === 0) return badRequest(deps, call, say(deps, 'noFiles'));
  return Promise.all(
    read.inputs.map(async (input) => {
      const checked = await checkedKept(input, deps.now);
      if (checked !== input) await discard(input);
      return checked;
    }),
  );
}

async function bodyInputs(deps: ApiDeps, port: ApiPort, call: ApiCall, caller: Caller): Promise<readonly QueueInput[] | Response> {
  const read = await readText(call.env.incoming, deps.limits);
  if (!read.ok) return notRead(deps, call, read.why);
  const list = listIn(read.text);
  if (list === null) return badRequest(deps, call, say(deps, 'badList'));
  if (list.length > deps.limits.inputs) return notRead(deps, call, 'too-many');
  const refused = refuseScope(deps, call, caller, list.length === 0 ? 'clipboard' : 'upload');
  if (list.length === 0) return refused ?? clipboardInputs(deps, port, call);
  if (caller.type === 'compatible') call.get('trace').note = 'without-token';
  else if (refused !== null) return refused;
  return listInputs(deps, port, list, caller);
}

/** The list of a JSON body; empty for the clipboard, as an empty body is; null when it is neither. */
function listIn(text: string): readonly string[] | null {
  if (text.trim() === '') return [];
  try {
    const body = List.safeParse(JSON.parse(text));
    return body.success ? (body.data.list ?? []) : null;
  } catch {
    return null;
  }
}

async function listInputs(deps: ApiDeps, port: ApiPort, list: readonly string[], caller: Caller): Promise<readonly QueueInput[]> {
  const rules = { inside: caller.type === 'compatible' ? caller.inside : null, now: deps.now };
  const inputs: QueueInput[] = Array.from({ length: list.length });
  const waiting = list.map((_, index) => index);
  const worker = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const item = list[index] ?? '';
      inputs[index] = /^https?:\/\//i.test(item) ? await addressInput(deps, port, item, caller) : await inputOfPath(item, rules);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return inputs;
}

async function addressInput(deps: ApiDeps, port: ApiPort, address: string, caller: Caller): Promise<QueueInput> {
  const bad = (problem: PicferryError['problem']): QueueInput => ({ type: 'bad', name: nameIn(address), problem });
  if (caller.type === 'compatible') return bad(problemOf({ kind: 'file', sub: 'apiNeedsToken', message: 'apiNeedsToken' }, deps.now()));
  try {
    return await deps.intake.url(address, port.signal);
  } catch (error) {
    if (error instanceof PicferryError) return bad(error.problem);
    throw error;
  }
}

/** What an address names, without its query: that may hold a key. */
const nameIn = (address: string): string => address.replace(/[?#].*$/s, '').split('/').filter((part) => part !== '').at(-1) ?? 'picture';

async function clipboardInputs(deps: ApiDeps, port: ApiPort, call: ApiCall): Promise<readonly QueueInput[] | Response> {
  const read = deps.clipboard();
  if (read === null) return failure(deps, call, 501, say(deps, 'noClipboard'));
  try {
    return await read(port.signal);
  } catch (error) {
    if (!(error instanceof PicferryError)) throw error;
    call.get('trace').note = 'failed';
    return failure(deps, call, 500, problemText(deps.texts(), error.problem));
  }
}

function badRequest(deps: ApiDeps, call: ApiCall, message: string): Response {
  call.get('trace').note = 'bad-request';
  return failure(deps, call, 400, message);
}

type Unread = Extract<FormRead, { ok: false }>['why'] | Extract<TextRead, { ok: false }>['why'];

/** A body that was not read to its end; what is left of it is not read either. */
export function notRead(deps: ApiDeps, call: ApiCall, why: Unread): Response {
  if (why === 'malformed') return badRequest(deps, call, say(deps, 'badForm'));
  call.get('trace').note = why;
  if (why === 'too-big') return refusal(413, say(deps, 'tooBig'));
  if (why === 'too-many') return refusal(413, say(deps, 'tooMany', { number: deps.limits.inputs }));
  return refusal(408, say(deps, 'tooSlow'));
}
