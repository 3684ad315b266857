export { systemTray, type SystemTrayDeps } from './system-tray';
export { systemTrayPlace } from './tray-place';
export { windowProgress } from './window-progress';
export { dropWindow, type DropWindowPort } from './drop-window';
