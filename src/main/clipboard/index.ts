export { addressesIn } from './addresses';
export { createOwnClipboard, pictureMark, type OwnClipboard, type PreviousClipboard } from './own-clipboard';
export { pastedName } from './pasted-name';
export { readClipboardInputs } from './read-inputs';
