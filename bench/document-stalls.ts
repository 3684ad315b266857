import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron } from 'playwright';
import { longestTurn, watchTurns } from './measure/event-loop-turns';
import { startSides } from './measure/two-sides';
import { documentOf } from './merge/documents';
import type { Bench } from './row';

/** The host takes 50 MiB. */
const BYTES = 48_000_000;
const KEY = 'doc';

/** P7: the longest time the main process's event loop did not turn while a document of 50 MB was sent, merged and looked at, in the real app. */
export const documentStalls: Bench = {
  name: 'document-stalls',
  run: async (place) => {
    const { sides, host } = await startSides(place, KEY);
    const [app, other] = sides;
    const version = async (): Promise<number> => ((JSON.parse(await other.cli('sync', 'history', KEY, '--json')) as { readonly version: number }[])[0]?.version ?? 0);
    const until = async (wanted: number): Promise<void> => {
      while ((await version()) < wanted) await pause(500);
    };
    const document = documentOf(BYTES);
    writeFileSync(app.file, JSON.stringify(document));
    await app.add();
    await other.add();
    const electron = await _electron.launch({ executablePath: place.electron, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), place.root], env: app.env });
    const page = await electron.firstWindow();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    await electron.evaluate(watchTurns);
    place.say('the document is sent');
    await until(1);
    const sent = await electron.evaluate(longestTurn);
    place.say('the other side changes it');
    await other.cli('sync', 'run');
    writeFileSync(other.file, JSON.stringify({ ...document, there: 1 }));
    await other.cli('sync', 'run');
    place.say('both sides are merged');
    await electron.evaluate(longestTurn);
    writeFileSync(app.file, JSON.stringify({ ...document, here: 1 }));
    await until(3);
    const merged = await electron.evaluate(longestTurn);
    place.say('the file is looked at');
    await page.evaluate((path) => (window as unknown as { readonly picferry: { invoke(name: string, input: unknown): Promise<unknown> } }).picferry.invoke('sync:look', { path }), other.file);
    const looked = await electron.evaluate(longestTurn);
    await electron.close();
    await host.stop();
    const row = (what: string, longest: number) => ({ promise: `longest synchronous stretch of the main process while ${what}`, figure: `${longest.toFixed(0)} ms`, bound: '≤ 50 ms', ok: longest <= 50 });
    return [row('a document of 48 MB is sent', sent), row('both its sides are merged', merged), row('such a file is looked at before it is added', looked)];
  },
};
