export * from './contract';
export type { ClosableHttp, GetWay, HttpOptions } from './create-http';
export { createLazyHttp, type LazyHttp } from './lazy-http';
export { HttpFailure } from './failure';
export type { CertificateSource } from './certificates';
export type { ProxyChoice } from './proxy';
export type { HttpLimits } from './watch';
