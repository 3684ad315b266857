export * from './contract';
export * from './errors';
export * from './registry';
export * from './settings-schema';
