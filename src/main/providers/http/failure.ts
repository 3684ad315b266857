import type { HttpFailureReason } from './contract';

/**
 * Why no answer came. Its text names neither address nor header.
 * `bodySent`: some byte of the body may have left, so that a repeat by itself is not safe.
 * `bodyComplete`: the last byte may have left too, so that the host may have taken the file.
 */
export class HttpFailure extends Error {
  readonly reason: HttpFailureReason;
  readonly bodySent: boolean;
  readonly bodyComplete: boolean;
  /** The system's or Node's own code, such as ECONNRESET, or a word of ours; null when there is none. */
  readonly code: string | null;

  constructor(reason: HttpFailureReason, sent: { readonly bodySent: boolean; readonly bodyComplete: boolean }, code: string | null = null) {
    super(code === null ? reason : `${reason}: ${code}`);
    this.name = 'HttpFailure';
    this.reason = reason;
    this.bodySent = sent.bodySent;
    this.bodyComplete = sent.bodyComplete;
    this.code = code;
  }
}

export const NOTHING_SENT = { bodySent: false, bodyComplete: false } as const;

/** The `code` of a Node error, or null. */
export const codeOf = (error: unknown): string | null => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
};

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'EAI_FAIL']);
/** Certificate verdicts carry OpenSSL's names without a common prefix. */
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|CRL_|PATH_LENGTH|ERROR_IN_CERT|EPROTO)/;

/** Reads an error of the connection phase or of the exchange after it. `viaProxy`: the next machine is a proxy. */
export const reasonOf = (error: unknown, phase: { readonly connected: boolean; readonly viaProxy: boolean }): HttpFailureReason => {
  const code = codeOf(error);
  if (code !== null && TLS.test(code)) return 'tls';
  if (phase.connected) return 'reset';
  if (phase.viaProxy) return 'proxy';
  return code !== null && DNS.has(code) ? 'dns' : 'connect';
};
