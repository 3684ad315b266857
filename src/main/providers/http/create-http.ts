import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import axios, { AxiosHeaders, type AxiosInstance, type RawAxiosRequestHeaders } from 'axios';
import { createAgents, type Way } from './agents';
import { json, multipart, type Body } from './body';
import { createTrust, systemCertificates, withExtra, type CertificateSource } from './certificates';
import type { Http, HttpAnswer } from './contract';
import { codeOf, HttpFailure, NOTHING_SENT } from './failure';
import { chooseProxy, ProxySettingError, type ProxyChoice } from './proxy';
import { createSendQueue } from './send-queue';
import { Watch, type HttpLimits } from './watch';

export type HttpOptions = {
  /** Read anew for every request: settings change while we run. */
  readonly limits: () => HttpLimits;
  readonly proxy: () => ProxyChoice;
  /** The system's proxy for a URL in PAC words; null: the environment's HTTP_PROXY and its like are read. */
  readonly systemProxy: ((url: string) => Promise<string>) | null;
  readonly userAgent: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: the system's own certificates and Node's. */
  readonly certificates?: CertificateSource;
  /** An answer above this is refused. Default 64 MiB. */
  readonly maxAnswerBytes?: number;
};

/** A plain GET, or HEAD, on the way that the settings name now. For what is no provider's: whoever asks judges addresses itself. */
export type GetWay = {
  /** Then the proxy looks the target's name up, and `lookup` is not asked. */
  readonly viaProxy: boolean;
  /** Resolves with the head of the answer; redirects are answers. A direct way shares no connection with anything. */
  get(options: Pick<http.RequestOptions, 'method' | 'headers' | 'signal' | 'lookup'>): Promise<http.IncomingMessage>;
};

/** `close` ends all connections, running ones too. */
export type ClosableHttp = Http & {
  /** Rejects with `HttpFailure` when the proxy setting cannot be read. */
  readonly wayTo: (target: URL) => Promise<GetWay>;
  readonly close: () => void;
};

type Exchange = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
  readonly maxAnswerBytes?: number;
  readonly body?: () => Body;
  readonly onProgress?: (sentBytes: number) => void;
  /** Ends the exchange at the answer's head. */
  readonly headOnly?: boolean;
  /** Given the body piece by piece, which is then not kept; at most so many bytes of it. */
  readonly into?: { readonly maxBytes: number; readonly take: (piece: Buffer) => void };
};

const MAX_ANSWER = 64 * 1024 * 1024;

const headersOf = (raw: unknown): Record<string, string> => {
  const found: Record<string, string> = {};
  const entries = raw instanceof AxiosHeaders ? Object.entries(raw.toJSON()) : Object.entries((raw ?? {}) as Record<string, unknown>);
  for (const [name, value] of entries) {
    if (typeof value === 'string') found[name.toLowerCase()] = value;
    else if (Array.isArray(value)) found[name.toLowerCase()] = value.join(', ');
  }
  return found;
};

class AxiosHttp implements ClosableHttp {
  readonly #agents = createAgents();
  readonly #sendQueue = createSendQueue();
  readonly #trust: () => Promise<SecureContext>;
  readonly #axios: AxiosInstance;

  constructor(private readonly options: HttpOptions) {
    this.#trust = createTrust(withExtra(options.certificates ?? systemCertificates, options.env ?? process.env));
    this.#axios = axios.create({
      adapter: 'http',
      // Anything above 0 makes axios keep the whole body in memory for a repeat.
      maxRedirects: 0,
      proxy: false,
      maxContentLength: options.maxAnswerBytes ?? MAX_ANSWER,
      maxBodyLength: -1,
      responseType: 'text',
      validateStatus: null,
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
    });
  }

  get(request: Parameters<Http['get']>[0]): Promise<HttpAnswer> {
    return this.#exchange({ ...request, method: 'GET' });
  }

  async probe(request: Parameters<Http['probe']>[0]): Promise<{ readonly status: number }> {
    const { status } = await this.#exchange({ ...request, method: 'GET', headOnly: true });
    return { status };
  }

  async digest({ maxBytes, ...request }: Parameters<Http['digest']>[0]): ReturnType<Http['digest']> {
    const hash = createHash('sha256');
    let bytes = 0;
    const take = (piece: Buffer): void => {
      bytes += piece.length;
      hash.update(piece);
    };
    const { status } = await this.#exchange({ ...request, method: 'GET', into: { maxBytes, take } });
    return { status, bytes, sha256: hash.digest('hex') };
  }

  postForm(request: Parameters<Http['postForm']>[0]): Promise<HttpAnswer> {
    return this.#exchange({ ...request, method: 'POST', body: () => multipart(request.fields, null, false) });
  }

  postJson(request: Parameters<Http['postJson']>[0]): Promise<HttpAnswer> {
    return this.#exchange({ ...request, method: 'POST', body: () => json(request.json) });
  }

  postFile(request: Parameters<Http['postFile']>[0]): Promise<HttpAnswer> {
    const secure = request.url.startsWith('https:');
    return this.#exchange({ ...request, method: 'POST', body: () => multipart(request.fields, request.file, secure) });
  }

  async wayTo(target: URL): Promise<GetWay> {
    const way = await this.#wayOf(target);
    return {
      viaProxy: way.proxy !== null,
      get: ({ lookup, ...given }) =>
        new Promise((resolve, reject) => {
          const options = { ...urlToHttpOptions(target), ...given };
          const secured = way.secureContext === undefined ? {} : { secureContext: way.secureContext };
          const direct = { ...options, ...secured, ...(lookup === undefined ? {} : { lookup }), agent: false } as const;
          const request =
            way.proxy === null ? (way.secure ? https : http).request(direct, resolve) : this.#agents.request(target, way, options, resolve);
          request.on('error', reject).end();
        }),
    };
  }

  close(): void {
    this.#agents.close();
  }

  async #exchange(exchange: Exchange): Promise<HttpAnswer> {
    const cancelled = (): boolean => exchange.signal.aborted;
    if (cancelled()) throw new HttpFailure('cancelled', NOTHING_SENT);
    const way = await this.#wayOf(new URL(exchange.url));
    if (cancelled()) throw new HttpFailure('cancelled', NOTHING_SENT);
    const body = exchange.body?.();
    try {
      return await this.#send(exchange, body, way);
    } finally {
      body?.destroy();
    }
  }

  async #wayOf(target: URL): Promise<Way> {
    const secure = target.protocol === 'https:';
    const proxy = await this.#proxyFor(target);
    await this.#agents.ready({ secure, proxy });
    return { secure, proxy, secureContext: secure || (proxy?.startsWith('https:') ?? false) ? await this.#trust() : undefined };
  }

  async #proxyFor(target: URL): Promise<string | null> {
    try {
      return await chooseProxy(target, { choice: this.options.proxy(), systemProxy: this.options.systemProxy, env: this.options.env ?? process.env });
    } catch (error) {
      throw new HttpFailure('proxy', NOTHING_SENT, error instanceof ProxySettingError ? 'UNREADABLE_ADDRESS' : 'UNKNOWN');
    }
  }

  async #send(
    exchange: Exchange,
    body: Body | undefined,
    way: Way,
  ): Promise<HttpAnswer> {
    let watch: Watch | undefined;
    const headers: RawAxiosRequestHeaders = {
      'User-Agent': this.options.userAgent,
      Accept: 'application/json, */*;q=0.5',
      'Accept-Encoding': 'identity',
      ...body?.headers,
      ...exchange.headers,
    };
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    exchange.signal.addEventListener('abort', abort, { once: true });
    const transport = {
      request: (given: http.RequestOptions, onResponse: (answer: http.IncomingMessage) => void): http.ClientRequest => {
        const request = this.#agents.request(new URL(exchange.url), way, given, onResponse);
        watch = new Watch(request, {
          limits: this.options.limits(),
          bodyLength: body?.length ?? 0,
          fileSize: body?.fileSize ?? 0,
          viaProxy: way.proxy !== null,
          sendQueue: this.#sendQueue,
          onProgress: exchange.onProgress ?? (() => undefined),
          onConnected: () => body?.begin(),
          onEarlyAnswer: () => body?.stop(),
        });
        if (exchange.headOnly === true) request.once('response', abort);
        return request;
      },
    };
    try {
      const answer = await this.#axios.request<unknown>({
        method: exchange.method,
        url: exchange.url,
        headers,
        data: body?.stream,
        signal: stop.signal,
        transport,
        ...(exchange.maxAnswerBytes === undefined ? {} : { maxContentLength: exchange.maxAnswerBytes }),
        ...(exchange.into === undefined ? {} : { responseType: 'stream', maxContentLength: exchange.into.maxBytes }),
      });
      if (exchange.into !== undefined) for await (const piece of answer.data as Readable) exchange.into.take(piece as Buffer);
      const request = answer.request as http.ClientRequest;
      const complete = request.writableFinished;
      // An answer before the whole body was taken: the rest of it is not worth sending.
      if (!complete) request.destroy();
      watch?.done(complete && answer.status < 300);
      if (answer.status === 407) throw new HttpFailure('proxy', NOTHING_SENT, 'HTTP 407');
      return { status: answer.status, headers: headersOf(answer.headers), text: typeof answer.data === 'string' ? answer.data : '' };
    } catch (error) {
      watch?.done(false);
      return this.#recover(error, exchange, body, watch);
    } finally {
      exchange.signal.removeEventListener('abort', abort);
    }
  }

  /** What a broken exchange still tells: an answer whose head had come, or why there is none. */
  #recover(error: unknown, exchange: Exchange, body: Body | undefined, watch: Watch | undefined): HttpAnswer {
    if (error instanceof HttpFailure) throw error;
    const sent = watch?.sent() ?? NOTHING_SENT;
    if (exchange.signal.aborted) throw new HttpFailure('cancelled', sent);
    const head = watch?.head;
    const headers = headersOf(head?.headers);
    const status = head?.statusCode ?? 0;
    if (exchange.headOnly === true && head !== undefined) return { status, headers, text: '' };
    const trouble = body?.fileTrouble();
    if (trouble !== undefined) throw new HttpFailure('file', { bodySent: sent.bodySent, bodyComplete: false }, trouble);
    // The host had refused and then closed the connection on the rest of the body: its word stands.
    if (head !== undefined && status >= 400) return { status, headers, text: '' };
    if (codeOf(error) === 'ERR_BAD_RESPONSE' && head !== undefined) throw new HttpFailure('too_big_answer', sent);
    throw watch?.failure ?? watch?.explain(error) ?? new HttpFailure('connect', NOTHING_SENT, codeOf(error));
  }
}

/** The one way to the network (see `Http`). Makes no connection and reads no certificate before the first request. */
export const createHttp = (options: HttpOptions): ClosableHttp => new AxiosHttp(options);
