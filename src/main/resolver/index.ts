export type * from './contract';
export { createResolver, type ResolverPorts } from './create-resolver';
