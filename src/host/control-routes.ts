import { z } from 'zod';
import type { Control } from './control';
import { PushAs, Rollback } from './documents';
import { Fault } from './faults';
import { json, type HostApp, type HostCall } from './http-call';
import { DIALECTS } from './host-options';
import { SwitchChanges } from './switches';

const Strangers = z.strictObject({ count: z.number().int().min(1).max(100) });

/**
 * The control handle over HTTP, for tests in other processes. POST `fail` (a fault), `switches`, `strangers`, `reset`,
 * `push-as`, `race-next`, `rollback`; GET `files?dialect=`, `versions?file_key=`, `requests`, `state`. Test mode only.
 */
export function mountControl(control: Control, app: HostApp, prefix: string): void {
  const post = <T>(name: string, schema: z.ZodType<T>, act: (input: T) => void | Promise<void>): void => {
    app.post(`${prefix}/${name}`, async (call) => {
      const input = schema.safeParse(await bodyOf(call));
      if (!input.success) return json({ ok: false, error: z.prettifyError(input.error) }, 400);
      await act(input.data);
      return json({ ok: true });
    });
  };
  post('fail', Fault, (fault) => control.failNext(fault));
  post('switches', SwitchChanges, (changes) => control.set(changes));
  post('strangers', Strangers, ({ count }) => control.addStrangers(count));
  post('reset', z.unknown(), () => control.reset());
  post('push-as', PushAs, (input) => void control.documents.pushAs(input));
  post('race-next', PushAs, (input) => control.documents.raceNext(input));
  post('rollback', Rollback, (input) => control.documents.rollBack(input));
  app.get(`${prefix}/versions`, (call) => json(control.documents.versions(call.req.query('file_key') ?? '')));
  app.get(`${prefix}/files`, async (call) => {
    const dialect = z.enum(DIALECTS).optional().safeParse(call.req.query('dialect'));
    return dialect.success ? json(await control.files(dialect.data)) : json({ ok: false, error: 'unknown dialect' }, 400);
  });
  app.get(`${prefix}/requests`, () => json(control.requests()));
  app.get(`${prefix}/state`, () => json({ switches: control.switches, openConnections: control.openConnections() }));
}

async function bodyOf(call: HostCall): Promise<unknown> {
  const text = await call.req.text();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
