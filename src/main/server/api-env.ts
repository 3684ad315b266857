import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { i18n } from 'i18next';
import type { LocalApiSettings } from '../../shared/model/settings';
import type { ApiNote, ApiRequest, ApiToken } from '../../shared/model/local-api';
import type { AccountsService } from '../accounts';
import type { LibraryService } from '../library';
import type { Intake } from '../preparation';
import type { QueueService } from '../queue';
import type { ThisComputer } from '../services';
import type { ReadClipboard } from '../local-api';
import type { ApiLimits } from './limits';
import type { ApiTokens } from './tokens';

/** What the API stands on. */
export type ApiDeps = {
  readonly queue: Pick<QueueService, 'addMany'>;
  readonly library: Pick<LibraryService, 'byId' | 'delete'>;
  readonly accounts: Pick<AccountsService, 'list' | 'default'>;
  readonly intake: Pick<Intake, 'bytes' | 'url'>;
  readonly thisComputer: Pick<ThisComputer, 'start'>;
  readonly tokens: Pick<ApiTokens, 'find' | 'used'>;
  readonly settings: () => Pick<LocalApiSettings, 'strictStatus'>;
  /** Null where there is no clipboard. */
  readonly clipboard: () => ReadClipboard | null;
  readonly texts: () => Pick<i18n, 't' | 'exists'>;
  readonly limits: ApiLimits;
  /** Told each request once it is answered. */
  readonly onRequest: (request: Omit<ApiRequest, 'id'>) => void;
  readonly onFault: (error: unknown) => void;
  readonly now: () => number;
};

/** What one port allows. */
export type ApiPort = {
  readonly port: () => number;
  /** Where files of programs without a token may lie; null: a token is always needed. */
  readonly withoutTokenFor: () => readonly string[] | null;
  /** Aborted when the port closes. */
  readonly signal: AbortSignal;
};

/** What becomes of a request, for the log. */
export type Trace = { token: string | null; inputs: number | null; done: number | null; note: ApiNote | null };

export type ApiEnv = { Bindings: HttpBindings; Variables: { trace: Trace } };
export type ApiApp = Hono<ApiEnv>;
export type ApiCall = Context<ApiEnv>;

/** Who may do what in this request. */
export type Caller =
  | { readonly type: 'token'; readonly token: ApiToken }
  /** A program without a token, for files inside these folders. */
  | { readonly type: 'compatible'; readonly inside: readonly string[] };
