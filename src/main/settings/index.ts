export type * from './contract';
export { prepareSettingsFile, SETTINGS_FILE, type PreparedSettings } from './prepare-settings-file';
export { closedStore, createSettings } from './settings-service';
