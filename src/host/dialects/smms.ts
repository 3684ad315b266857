import type { HostApp, HostContext } from '../host-context';
export function mountSmms(_host: HostContext, _app: HostApp, _prefix: string): void {}
