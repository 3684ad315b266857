export { DIALECTS, NO_LIMITS, TEST_LIMITS } from './host-options';
export type { Dialect, HostKeys, HostLimits, HostOptions, HostStartError, PortOwner } from './host-options';
export { HostCommand, HostReport, type HostStartCommand } from './messages';
export { hostOn } from './port-owner';
export { startHost, type HostStart, type RunningHost } from './server';
export { Control, type FileView, type RequestView } from './control';
export type { FaultInput } from './faults';
export { DEFAULT_SWITCHES, type SwitchChanges, type Switches } from './switches';
