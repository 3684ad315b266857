import type { CommandOf } from '../command';
import { printJson, printRow, type RunContext, sayTo } from '../run-context';
import { askEach } from './accounts-to-ask';
import { asked, opened } from './document-named';

export async function listDevices(context: RunContext, command: CommandOf<'sync-devices'>): Promise<number> {
  const sync = await opened(context, command);
  const { answers, code } = await askEach(context, await asked(context, sync, command), (id) => sync.devices(id, command.key, context.signal));
  const rows = answers.flatMap(({ account, answer }) => answer.devices.map(({ deviceId: id, name, lastSync, isThis, files }) => ({ id, name, lastSync, thisDevice: isThis, versions: Object.fromEntries(files.map((one) => [one.fileKey, one.version])), account })));
  if (command.json) printJson(context, rows);
  else for (const { id, name, lastSync, thisDevice, account } of rows) printRow(context, [id, name, lastSync, thisDevice ? context.text('syncThisDevice') : '', account]);
  if (answers.some(({ answer }) => answer.source === 'history')) sayTo(context, context.text('syncNoDevices'));
  return code;
}
