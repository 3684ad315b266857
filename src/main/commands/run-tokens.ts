import type { CommandOf } from './command';
import { EXIT } from './exit-codes';
import { printJson, printRow, type RunContext, sayTo, UsageError } from './run-context';

/** Makes a token and prints it, this one time. */
export function addToken(context: RunContext, { name, scopes, json }: CommandOf<'tokens-add'>): number {
  const { localApi } = context.services;
  if (localApi.state().tokens.some((token) => token.name === name)) throw new UsageError('tokenInUse', { name });
  const { token, info } = localApi.addToken(name, scopes);
  if (json) printJson(context, { ...info, token });
  else context.io.stdout(`${token}\n`);
  sayTo(context, context.text('tokenOnce', { name }));
  return EXIT.done;
}

export function listTokens(context: RunContext, { json }: CommandOf<'tokens-list'>): number {
  const { tokens } = context.services.localApi.state();
  if (json) printJson(context, tokens);
  else for (const { name, scopes, createdAt, lastUsedAt } of tokens) printRow(context, [name, scopes.join(','), isoTime(createdAt), isoTime(lastUsedAt)]);
  if (tokens.length === 0) sayTo(context, context.text('nothingFound'));
  return EXIT.done;
}

const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function removeToken(context: RunContext, { name, json }: CommandOf<'tokens-remove'>): number {
  const { localApi } = context.services;
  if (!localApi.removeToken(name)) throw new UsageError('unknownToken', { name });
  if (json) printJson(context, { name, removed: true });
  sayTo(context, context.text('tokenRemoved', { name }));
  return EXIT.done;
}
