import type { HostApp, HostContext } from '../host-context';
export function mountImgurl(_host: HostContext, _app: HostApp, _prefix: string): void {}
export function mountImgurlDeletes(_host: HostContext, _app: HostApp, _prefix: string): void {}
