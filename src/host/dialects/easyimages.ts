import type { HostApp, HostContext } from '../host-context';
export function mountEasyImages(_host: HostContext, _app: HostApp, _prefix: string): void {}
