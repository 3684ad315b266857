import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { HttpFailure, reasonOf } from './failure';
import type { SendQueue } from './send-queue';

/** Milliseconds. There is no limit on the whole while bytes move. */
export type HttpLimits = {
  /** From the start to a usable connection, name lookup, proxy and TLS included. */
  readonly connectMs: number;
  /** No byte accepted by the socket for this long ends a try. */
  readonly stallMs: number;
  /** No answer this long after the last byte ends a try. */
  readonly answerMs: number;
};

type Handle = { readonly bytesWritten: number; readonly writeQueueSize: number };

/** Node's own handle of the connection: it alone knows how much of a half done write has gone. */
const handleOf = (socket: Socket): Handle | null => {
  const handle = (socket as { readonly _handle?: unknown })._handle;
  if (typeof handle !== 'object' || handle === null) return null;
  const { bytesWritten, writeQueueSize } = handle as { readonly bytesWritten?: unknown; readonly writeQueueSize?: unknown };
  return typeof bytesWritten === 'number' && typeof writeQueueSize === 'number' ? { bytesWritten, writeQueueSize } : null;
};

const isSecure = (socket: Socket): boolean => 'encrypted' in socket;

/** Bytes that the system has really taken. */
const takenBy = (socket: Socket): number => {
  const handle = isSecure(socket) ? null : handleOf(socket);
  return handle === null ? socket.bytesWritten - socket.writableLength : handle.bytesWritten - handle.writeQueueSize;
};

/** Bytes that may have left: never less than what has. */
const mayHaveLeft = (socket: Socket): number => handleOf(socket)?.bytesWritten ?? socket.bytesWritten;

/** A request's head is smaller than this, as a rule: the shown progress stays behind the truth by it. */
const HEAD_GUESS = 250;

export type Watched = {
  readonly limits: HttpLimits;
  readonly bodyLength: number;
  readonly fileSize: number;
  readonly viaProxy: boolean;
  readonly sendQueue: SendQueue;
  readonly onProgress: (sentBytes: number) => void;
  /** The connection can carry the body now. */
  readonly onConnected: () => void;
  /** A final answer came before the body was complete. */
  readonly onEarlyAnswer: () => void;
};

/** A body that is on its way for fewer ticks than this is not looked at: most small files are done by then. */
const FIRST_LOOK = 3;

/** One request under the time limits, with what is known of how far it got. */
export class Watch {
  #phase: 'connecting' | 'sending' | 'waiting' | 'reading' = 'connecting';
  #socket: Socket | undefined;
  #baseline = 0;
  #moved = performance.now();
  #last = -1;
  #shown = 0;
  #timer: NodeJS.Timeout | undefined;
  #failure: HttpFailure | undefined;
  #head: IncomingMessage | undefined;
  #looking = false;
  #ticks = 0;
  #ended = false;

  constructor(
    private readonly request: ClientRequest,
    private readonly options: Watched,
  ) {
    const { connectMs, stallMs, answerMs } = options.limits;
    const tick = Math.max(10, Math.min(100, Math.min(connectMs, stallMs, answerMs) / 5));
    this.#timer = setInterval(() => void this.#check(), tick);
    request.once('socket', (socket) => this.#attach(socket));
    request.once('finish', () => this.#finished());
    request.once('response', (answer) => this.#answered(answer));
    request.once('proxyConnect', (connect: { readonly statusCode?: number }) => {
      if (connect.statusCode !== 200) this.fail(new HttpFailure('proxy', this.sent(), `CONNECT ${String(connect.statusCode)}`));
    });
  }

  /** Set when the watch itself ended the request. */
  get failure(): HttpFailure | undefined {
    return this.#failure;
  }

  /** The head of the answer, as soon as it is there. */
  get head(): IncomingMessage | undefined {
    return this.#head;
  }

  /** What may have left of the body. Rather too much than too little. */
  sent(): { readonly bodySent: boolean; readonly bodyComplete: boolean } {
    if (this.#socket === undefined || this.#phase === 'connecting' || this.options.bodyLength === 0) return { bodySent: false, bodyComplete: false };
    const left = mayHaveLeft(this.#socket) - this.#baseline;
    return { bodySent: left > 0, bodyComplete: this.request.writableFinished || left >= this.options.bodyLength };
  }

  /** Ends the request for this reason. */
  fail(failure: HttpFailure): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    this.request.destroy(failure);
  }

  /** Reads an error that ended the request from outside. */
  explain(error: unknown): HttpFailure {
    const connected = this.#phase !== 'connecting';
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
    return new HttpFailure(reasonOf(error, { connected, viaProxy: this.options.viaProxy }), this.sent(), code);
  }

  /** Ends watching. Tells the last of the progress when the host took all of it. */
  done(complete: boolean): void {
    clearInterval(this.#timer);
    this.#ended = true;
    if (complete) this.#show(this.options.fileSize);
  }

  #attach(socket: Socket): void {
    this.#socket = socket;
    // Counted from here: an earlier request's or a proxy's bytes are not this body's.
    this.#baseline = socket.connecting ? 0 : mayHaveLeft(socket);
    const ready = (): void => {
      if (this.#phase !== 'connecting') return;
      this.#enter('sending');
      this.options.onConnected();
    };
    if (this.request.reusedSocket) ready();
    else if (isSecure(socket)) socket.once('secureConnect', ready);
    else if (socket.connecting) socket.once('connect', ready);
    else ready();
  }

  #enter(phase: 'sending' | 'waiting' | 'reading'): void {
    this.#phase = phase;
    this.#moved = performance.now();
    this.#last = -1;
  }

  #finished(): void {
    if (this.#phase !== 'reading') this.#enter('waiting');
  }

  #answered(answer: IncomingMessage): void {
    this.#head = answer;
    this.#enter('reading');
    if (!this.request.writableFinished && (answer.statusCode ?? 0) >= 300) this.options.onEarlyAnswer();
  }

  #show(bytes: number): void {
    if (bytes <= this.#shown || this.options.fileSize === 0) return;
    this.#shown = bytes;
    this.options.onProgress(bytes);
  }

  async #check(): Promise<void> {
    const socket = this.#socket;
    const { connectMs, stallMs, answerMs } = this.options.limits;
    if (this.#phase === 'connecting' || socket === undefined) {
      if (this.#still() > connectMs) this.fail(new HttpFailure(this.options.viaProxy ? 'proxy' : 'connect', this.sent(), 'ETIMEDOUT'));
      return;
    }
    this.#ticks += 1;
    if (this.#looking || this.#ticks < FIRST_LOOK) return;
    this.#looking = true;
    const taken = takenBy(socket);
    // Asked only while something is on its way: the bytes of a request that is done are all confirmed.
    const queued = this.#phase === 'reading' ? null : await this.options.sendQueue(socket);
    this.#looking = false;
    if (this.#ended) return;
    const gone = taken - (queued ?? 0);
    const moved = gone + (this.#phase === 'reading' ? socket.bytesRead : 0);
    if (moved !== this.#last) {
      const first = this.#last === -1;
      this.#last = moved;
      if (!first) this.#moved = performance.now();
    } else if (this.#still() > (this.#phase === 'waiting' ? answerMs : stallMs)) {
      this.fail(new HttpFailure('timeout', this.sent(), this.#phase === 'waiting' ? 'NO_ANSWER' : 'STALLED'));
      return;
    }
    if (this.#phase !== 'reading') this.#show(this.#fileBytes(gone, this.#phase === 'waiting' && queued === null));
  }

  #still(): number {
    return performance.now() - this.#moved;
  }

  /** How much of the file lies in so many bytes of the connection. */
  #fileBytes(gone: number, all: boolean): number {
    const { bodyLength, fileSize } = this.options;
    const overhead = bodyLength - fileSize + HEAD_GUESS;
    return all ? fileSize : Math.max(0, Math.min(fileSize, gone - this.#baseline - overhead));
  }
}
