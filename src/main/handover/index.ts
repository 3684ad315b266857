export { becomeOwner } from './become-owner';
export { claimForCommand, claimForWindow, type CommandClaim } from './claim';
export type { CommandIo, Handlers, HandOverResult, Owner } from './contract';
export { handOver } from './hand-over';
