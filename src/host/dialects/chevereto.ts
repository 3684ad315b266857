import type { HostApp, HostContext } from '../host-context';
export function mountChevereto(_host: HostContext, _app: HostApp, _prefix: string): void {}
export function mountCheveretoDeletes(_host: HostContext, _app: HostApp, _prefix: string): void {}
