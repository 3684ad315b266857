import type { ApiScope } from '../../shared/model/local-api';
import type { ApiCall, ApiDeps, ApiPort, Caller } from './api-env';
import { refusal, say } from './answers';
import { askerOf, credentialOf, isOwnHost } from './who-asks';

/** Turns away what a web page may have sent; null lets the request go on. */
export function turnAwayPages(deps: Pick<ApiDeps, 'texts'>, port: ApiPort, call: ApiCall): Response | null {
  const { headers } = call.env.incoming;
  if (!isOwnHost(headers.host, port.port())) {
    call.get('trace').note = 'foreign-host';
    return refusal(403, say(deps, 'foreignHost'));
  }
  if (askerOf(headers) !== 'web-page') return null;
  call.get('trace').note = 'web-page';
  return refusal(403, say(deps, 'webPage'));
}

/**
 * Who asks, or the refusal. A token is looked at before anything of the body is read. Without one a program is let in
 * only where the compatibility switch is on, and never when a page may be behind it or when a token came that is none.
 */
export function admit(deps: Pick<ApiDeps, 'texts' | 'tokens'>, port: ApiPort, call: ApiCall): Caller | Response {
  const { headers } = call.env.incoming;
  const trace = call.get('trace');
  const given = credentialOf(headers, (name) => call.req.query(name));
  if (given === null) {
    const inside = port.withoutTokenFor();
    if (inside !== null && askerOf(headers) === 'program') return { type: 'compatible', inside };
    trace.note = 'no-token';
    return unauthorized(say(deps, 'noToken'));
  }
  const token = deps.tokens.find(given.token);
  if (token === null) {
    trace.note = 'bad-token';
    return unauthorized(say(deps, 'badToken'));
  }
  deps.tokens.used(token.id);
  trace.token = token.name;
  // An address ends up in histories and logs of others.
  if (given.from === 'address') trace.note = 'token-in-address';
  return { type: 'token', token };
}

/** Null when the caller may; a program without a token may upload files and nothing else. */
export function refuseScope(deps: Pick<ApiDeps, 'texts'>, call: ApiCall, caller: Caller, scope: ApiScope): Response | null {
  if (caller.type === 'token') {
    if (caller.token.scopes.includes(scope)) return null;
    call.get('trace').note = 'no-scope';
    return refusal(403, say(deps, 'noScope', { name: caller.token.name }));
  }
  call.get('trace').note = 'no-token';
  return unauthorized(say(deps, 'needsToken'));
}

const unauthorized = (message: string): Response => refusal(401, message, { 'www-authenticate': 'Bearer' });
