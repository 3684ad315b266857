import { Hono } from 'hono';
import { PicferryError } from '../../lib/picferry-error';
import { problemText } from '../../shared/i18n/translator';
import type { ApiRequest } from '../../shared/model/local-api';
import { admit, turnAwayPages } from './admit';
import { failure, json, refusal, say } from './answers';
import type { ApiApp, ApiCall, ApiDeps, ApiEnv, ApiPort, Caller } from './api-env';
import { runDelete } from './run-delete';
import { runUpload } from './run-upload';

type Run = (deps: ApiDeps, port: ApiPort, call: ApiCall, caller: Caller) => Promise<Response>;

const whats: Readonly<Record<string, ApiRequest['what']>> = { '/upload': 'upload', '/delete': 'delete', '/heartbeat': 'heartbeat' };

/** The routes, as PicGo (2.x) and PicList answer them. No answer carries a CORS header: pages read nothing here. */
export function createApiApp(deps: ApiDeps, port: ApiPort): ApiApp {
  const app: ApiApp = new Hono<ApiEnv>();
  let running = 0;
  app.use(async (call, next) => {
    const at = deps.now();
    const trace = { token: null, inputs: null, done: null, note: null };
    call.set('trace', trace);
    running += 1;
    try {
      const refused = running > deps.limits.requests ? busy(deps, call) : turnAwayPages(deps, port, call);
      if (refused === null) await next();
      else call.res = refused;
    } finally {
      running -= 1;
      deps.onRequest({ at, what: whats[call.req.path] ?? 'other', status: call.res.status, ms: Math.max(0, deps.now() - at), ...trace });
    }
  });
  const guarded = (run: Run) => async (call: ApiCall): Promise<Response> => {
    const caller = admit(deps, port, call);
    return caller instanceof Response ? caller : run(deps, port, call, caller);
  };
  app.on(['GET', 'POST'], '/heartbeat', () => json({ success: true, result: 'alive' }));
  app.post('/upload', guarded(runUpload));
  app.post('/delete', guarded(runDelete));
  app.options('*', () => new Response(null, { status: 204, headers: { allow: 'POST, OPTIONS' } }));
  app.notFound((call) => {
    call.get('trace').note = 'not-found';
    return whats[call.req.path] === undefined ? refusal(404, say(deps, 'notFound')) : refusal(405, say(deps, 'onlyPost'), { allow: 'POST, OPTIONS' });
  });
  app.onError((error, call) => {
    call.get('trace').note = 'failed';
    if (error instanceof PicferryError) return failure(deps, call, 500, problemText(deps.texts(), error.problem));
    deps.onFault(error);
    return failure(deps, call, 500, deps.texts().t('problems:internal'));
  });
  return app;
}

function busy(deps: ApiDeps, call: ApiCall): Response {
  call.get('trace').note = 'too-many';
  return refusal(503, say(deps, 'busy'), { 'retry-after': '5' });
}
