export { becomeOwner } from './become-owner';
export { claimForCommand, claimForWindow, type CommandClaim } from './claim';
export type { CommandIo, Handlers, HandOverResult, HostAnswer, Owner } from './contract';
export { askForHost, handOver, runningFolders } from './hand-over';
export { holdsData } from './owner-lock';
