/** An answer as it came; redirects are answers too and are never followed here. */
export type HttpAnswer = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text, at most `maxAnswerBytes` of it. */
  readonly text: string;
};

export type FilePart = {
  readonly field: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  /**
   * Called once there is a connection: a try that never reaches the host never opens the file. The next piece is asked
   * for when the connection has taken the one before, which may then be written over.
   */
  readonly open: () => AsyncIterable<Buffer>;
};

type Common = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Longer answers are refused; as the client was made unless told. */
  readonly maxAnswerBytes?: number;
  readonly signal: AbortSignal;
};

/**
 * The one way to the network for providers. Rejects only with `HttpFailure`. Keeps the body out of
 * memory, never follows redirects, sends no cookies, obeys the proxy and certificate settings and the
 * three time limits (connect, no byte accepted, answer after the last byte).
 */
export interface Http {
  get(request: Common): Promise<HttpAnswer>;
  /** Status only; the body is dropped unread. Used to look whether a picture is gone. */
  probe(request: Common): Promise<{ readonly status: number }>;
  /** SHA-256 (lower-case hexadecimal) of what an address answers, read to its end without keeping it; above `maxBytes` it is refused. */
  digest(request: Common & { readonly maxBytes: number }): Promise<{ readonly status: number; readonly bytes: number; readonly sha256: string }>;
  postForm(request: Common & { readonly fields: readonly (readonly [name: string, value: string])[] }): Promise<HttpAnswer>;
  /** `json` is the body's text as it is sent. */
  postJson(request: Common & { readonly json: string }): Promise<HttpAnswer>;
  postFile(
    request: Common & {
      readonly fields: readonly (readonly [name: string, value: string])[];
      readonly file: FilePart;
      /** Bytes of the file that the socket has taken. */
      readonly onProgress: (sentBytes: number) => void;
    },
  ): Promise<HttpAnswer>;
}

/** Why no answer came. `bodySent` tells whether any byte of the body had left: it decides whether a retry is safe. */
export type HttpFailureReason = 'cancelled' | 'dns' | 'connect' | 'tls' | 'proxy' | 'timeout' | 'reset' | 'file' | 'too_big_answer';
