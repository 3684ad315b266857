export { Command, HandedCommand, mayRepeat, type UploadInput } from './command';
export { EXIT } from './exit-codes';
export { isFormat } from './links';
export { runCommand } from './run-command';
export { UsageError, type CliText, type RunDeps } from './run-context';
