export { DocumentStore, type ConflictRow, type DeviceRow, type Version } from './document-store';
export { DocumentControl, PushAs, Rollback } from './document-control';
export { acceptContent, sameContent } from './content';
export { pushVersion, type Pushed, type PushInput } from './push-version';
export { ACTIONS, resolveConflict, type Action, type Resolved } from './resolve-conflict';
