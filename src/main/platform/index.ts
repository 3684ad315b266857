export type { ClipboardPort, DialogsPort, OnlinePort, QuitAnswer, QuitWork } from './ports';
export { systemClipboard } from './clipboard';
export { systemDialogs } from './dialogs';
export { electronSettingsStore } from './settings-store';
export { utilityChildren } from './utility-children';
export { systemOnline } from './online';
export { systemProxy } from './system-proxy';
export { systemNotifications } from './notifications';
