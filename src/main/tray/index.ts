export type { ProgressPort, TrayActs, TrayIcon, TrayItem, TrayLook, TrayPlace, TrayPort } from './contract';
export { createMenuPictures, type MenuPictures } from './menu-pictures';
export { createTray, type TrayDeps, type TrayFeature } from './create-tray';
export type { CaptureKind, PauseSpan, TrayMenuActs, TrayState } from './tray-menu';
export { watchStatusNotifier } from './status-notifier';
