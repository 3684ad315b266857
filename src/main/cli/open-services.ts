import { join, sep } from 'node:path';
import type { DataFolder } from '../../lib/data-folder';
import type { RunDeps } from '../commands';
import { type BuiltServices, createServices } from '../create-services';
import { createPictureSources, PICTURE_SOURCES } from '../imaging';
import { nodeChildren } from './children';
import { confSettingsStore } from './settings-store';

export type Opened = Pick<RunDeps, 'pathInputs'> & { readonly services: BuiltServices };

/** Builds the services over a data folder that this process owns, without Electron. */
export async function openServices(folder: DataFolder, programs: string): Promise<Opened> {
  const keptFolder = join(folder.store, 'intake') + sep;
  const sources = createPictureSources({
    file: join(folder.store, PICTURE_SOURCES),
    isKept: (path) => path.startsWith(keptFolder),
    // A picture without a thumbnail is no reason to say anything.
    onFault: () => undefined,
  });
  const services = await createServices({
    dataFolder: folder.path,
    settingsStore: confSettingsStore(folder.store),
    children: nodeChildren(programs),
    systemProxy: null,
    uploaded: sources.note,
    now: Date.now,
  });
  return { services, pathInputs: (path) => services.intake.paths([path]) };
}
