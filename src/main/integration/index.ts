export type { ActState, Integration, ShortcutFile, StartCommand, SystemAct, SystemParts } from './contract';
export { SCHEME } from './contract';
export { createIntegration } from './create-integration';
export { readPicferryLink, type PicferryLink } from './picferry-link';
export { shellLine } from './start-line';
