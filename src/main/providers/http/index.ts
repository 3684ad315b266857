export * from './contract';
export { createHttp, type ClosableHttp, type GetWay, type HttpOptions } from './create-http';
export { HttpFailure } from './failure';
export type { CertificateSource } from './certificates';
export type { ProxyChoice } from './proxy';
export type { HttpLimits } from './watch';
