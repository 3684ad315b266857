import type { CommandOf } from './command';
import { EXIT } from './exit-codes';
import { aborted } from './leftovers';
import { printJson, type RunContext, sayTo } from './run-context';

/** Keeps the embedded host answering until the person ends it, or until this process leaves the data folder to another. */
export async function serveHost(context: RunContext, { port, announce, json }: CommandOf<'host'>): Promise<number> {
  const { thisComputer, settings, queue } = context.services;
  const kept = settings.current().hostPort;
  if (port !== null && port !== kept) {
    await thisComputer.stop();
    settings.update((now) => ({ ...now, hostPort: port }));
    if (kept !== null) sayTo(context, context.text('hostMoved', { from: kept, to: port }));
  }
  const { url } = await thisComputer.start();
  if (announce) {
    if (json) printJson(context, { url });
    else context.io.stdout(`${url}\n`);
    sayTo(context, context.text('hostRuns'));
  }
  queue.start();
  await Promise.race([aborted(context.signal), aborted(context.leaving)]);
  return context.signal.aborted ? EXIT.done : EXIT.moved;
}
