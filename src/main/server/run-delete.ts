import { z } from 'zod';
import { THIS_COMPUTER } from '../../shared/model/account';
import { failure, json, say } from './answers';
import { refuseScope } from './admit';
import type { ApiCall, ApiDeps, ApiPort, Caller } from './api-env';
import { readText } from './read-text';
import { notRead } from './run-upload';

/** What is kept of `fullResult` by clients; only the id counts. */
const Entries = z.object({ list: z.array(z.object({ id: z.string().min(1).max(200) })).min(1) });

/** Deletes uploads at their hosts by the ids that `fullResult` gave. */
export async function runDelete(deps: ApiDeps, port: ApiPort, call: ApiCall, caller: Caller): Promise<Response> {
  const refused = refuseScope(deps, call, caller, 'delete');
  if (refused !== null) return refused;
  const read = await readText(call.env.incoming, deps.limits);
  if (!read.ok) return notRead(deps, call, read.why);
  const ids = idsIn(read.text);
  if (ids === null) {
    call.get('trace').note = 'bad-request';
    return failure(deps, call, 400, say(deps, 'badDelete'));
  }
  if (ids.length > deps.limits.inputs) return notRead(deps, call, 'too-many');
  if (ids.some((id) => deps.library.byId(id)?.accountId === THIS_COMPUTER)) await deps.thisComputer.start();
  const known = [...new Set(ids)].filter((id) => deps.library.byId(id) !== undefined);
  const answers = known.length === 0 ? [] : await deps.library.delete(known, port.signal);
  const gone = new Set(answers.filter(({ status }) => status === 'deleted' || status === 'already_gone').map(({ id }) => id));
  const result = ids.map((id) => ({ id, success: gone.has(id) }));
  const done = result.filter(({ success }) => success).length;
  const trace = call.get('trace');
  [trace.inputs, trace.done] = [ids.length, done];
  // PicList's own words, which its clients show as they are.
  const message = `delete success: ${done}, fail: ${ids.length - done}`;
  if (done === ids.length) return json({ success: true, message, result });
  trace.note = 'failed';
  return failure(deps, call, 500, message, { result });
}

function idsIn(text: string): readonly string[] | null {
  try {
    const body = Entries.safeParse(JSON.parse(text));
    return body.success ? body.data.list.map(({ id }) => id) : null;
  } catch {
    return null;
  }
}
