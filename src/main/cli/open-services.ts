import type { DataFolder } from '../../lib/data-folder';
import type { RunDeps } from '../commands';
import { type BuiltServices, createServices } from '../create-services';
import { nodeChildren } from './children';
import { confSettingsStore } from './settings-store';

export type Opened = Pick<RunDeps, 'pathInputs' | 'addressInput'> & { readonly services: BuiltServices };

/** Builds the services over a data folder that this process owns, without Electron. */
export async function openServices(folder: DataFolder, programs: string): Promise<Opened> {
  const services = await createServices({
    dataFolder: folder.path,
    settingsStore: confSettingsStore(folder.store),
    children: nodeChildren(programs),
    systemProxy: null,
    now: Date.now,
  });
  return { services, pathInputs: (path) => services.intake.paths([path]), addressInput: services.intake.url };
}
