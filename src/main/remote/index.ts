export type * from './contract';
export { addRows, type RowOutcome } from './add-rows';
export { listerOf, readPage, type MatchedPage, type ReadPageDeps } from './read-page';
export { createRemote, type RemoteDeps } from './remote-service';
export { webAddress } from './web-address';
