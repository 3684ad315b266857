export { BUS, BusError, busSocketPath, connectSessionBus, type BusCall, type SessionBus } from './connect';
export type { BusMessage, BusValue, Variant } from './wire';
