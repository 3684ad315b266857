import type { ApiRequest, ApiScope, ApiState, ApiToken } from '../shared/model/local-api';
import type { QueueInput } from './queue/contract';

/** The API on one port for as long as somebody wants it there. */
export type ApiLease = {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The port is closed when the last one who wanted it has released it. */
  release(): Promise<void>;
};

export type ApiOpening = {
  readonly port: number;
  /** Files inside these folders may be uploaded by programs without a token, besides what the settings say. */
  readonly withoutTokenFor: readonly string[];
};

/** What the clipboard holds, as inputs. Rejects with `PicferryError` when that is nothing to upload. */
export type ReadClipboard = (signal: AbortSignal) => Promise<readonly QueueInput[]>;

/** The HTTP API for other programs on this computer, as PicGo's clients know it. Off until opened. */
export interface LocalApi {
  /** Opens the port, or joins whoever has it open in this process. Throws `PicferryError` saying by what the port is taken. */
  open(opening: ApiOpening): Promise<ApiLease>;
  /** From now on the API is open while the settings want it, on the port they name; what stands in the way is in the state. */
  followSettings(): void;
  /** Tries again to open what the settings want. */
  retry(): void;
  /** Uploads of the clipboard are possible from now on. */
  useClipboard(read: ReadClipboard): void;
  state(): ApiState;
  rev(): number;
  addToken(name: string, scopes: readonly ApiScope[]): { readonly token: string; readonly info: ApiToken };
  /** By id or name; false when there is none. */
  removeToken(idOrName: string): boolean;
  /** Told at most ten times a second. */
  onChange(listener: () => void): () => void;
  /** Told each request once it is answered. */
  onRequest(listener: (request: ApiRequest) => void): () => void;
  close(): Promise<void>;
}
