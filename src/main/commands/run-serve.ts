import { statSync } from 'node:fs';
import type { ApiRequest } from '../../shared/model/local-api';
import type { CommandOf } from './command';
import { EXIT } from './exit-codes';
import { aborted } from './leftovers';
import { printJson, type RunContext, sayTo, UsageError } from './run-context';

/** Keeps the local API answering until the person ends it, or until this process leaves the data folder to another. */
export async function serveApi(context: RunContext, { port, noTokenFor, announce, json }: CommandOf<'serve'>): Promise<number> {
  const { localApi, settings, queue } = context.services;
  for (const folder of noTokenFor) if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new UsageError('noFolder', { folder });
  const lease = await localApi.open({ port: port ?? settings.current().localApi.port, withoutTokenFor: noTokenFor });
  const quiet = localApi.onRequest((request) => sayTo(context, logLine(request)));
  try {
    if (announce) {
      if (json) printJson(context, { url: lease.url });
      else context.io.stdout(`${lease.url}\n`);
      sayTo(context, context.text('serveRuns'));
      if (localApi.state().tokens.length === 0 && noTokenFor.length === 0 && !settings.current().localApi.withoutToken.on) sayTo(context, context.text('serveNobody'));
    }
    queue.start();
    // Nobody is to be served without a token by a command that nobody can end any more.
    await Promise.race([aborted(context.signal), aborted(context.leaving), ...(context.gone === undefined ? [] : [aborted(context.gone)])]);
  } finally {
    quiet();
    await lease.release();
  }
  return context.signal.aborted ? EXIT.done : EXIT.moved;
}

/** A request as a line that a person or a script can read: when, what, who, status, how many of how many, why. */
function logLine({ at, what, token, status, ms, inputs, done, note }: ApiRequest): string {
  const counts = inputs === null ? [] : [`${done ?? 0}/${inputs}`];
  return [new Date(at).toISOString(), what, status, `${ms} ms`, token ?? '-', ...counts, ...(note === null ? [] : [note])].join(' ');
}
