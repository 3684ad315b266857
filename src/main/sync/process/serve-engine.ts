import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { assertNever } from '../../../shared/assert-never';
import { createAccountMemories } from '../../accounts';
import { createRegistry } from '../../providers';
import { createLazyHttp, type HttpLimits, type ProxyChoice } from '../../providers/http';
import type { SyncEngine } from '../engine-contract';
import { localTexts } from '../local-texts';
import { createSyncEngine } from '../sync-engine';
import { createAccountDocuments } from './account-documents';
import { answerOf, Pending } from './answers';
import { engineCalls, isEngineCall } from './engine-calls';
import { createReader, isReadingCall, readingCalls, type Reader } from './reading-calls';
import { Connection, ToEngine, type EngineSetup, type FromEngine, type Question } from './messages';

/** The process that started this one. */
export type Parent = { readonly send: (message: FromEngine) => void; readonly end: () => void };

/** What the last connection said of the way to hosts; nothing is sent before the first one. */
type Way = { limits: HttpLimits; proxy: ProxyChoice };

type Opened = { readonly engine: SyncEngine; readonly reader: Reader; readonly close: () => Promise<void> };

/** Runs the engine for another process, and gives what takes its messages. */
export const serveEngine = (parent: Parent): ((message: unknown) => void) => {
  const questions = new Pending();
  const running = new Map<number, AbortController>();
  let opened: Opened | null = null;

  const question = (asked: Question): Promise<unknown> => questions.ask((id) => parent.send({ type: 'ask', id, question: asked })).answer;
  const work = async (id: number, call: string, args: readonly unknown[]): Promise<void> => {
    const stop = new AbortController();
    running.set(id, stop);
    const reply = await answerOf(id, async () => {
      if (opened !== null && isReadingCall(call)) {
        const read = readingCalls[call] as (reader: Reader, signal: AbortSignal, ...args: readonly unknown[]) => Promise<unknown>;
        return read(opened.reader, stop.signal, ...args);
      }
      if (opened === null || !isEngineCall(call)) throw new Error(`not a call of the engine: ${call}`);
      const act = engineCalls[call] as (engine: SyncEngine, signal: AbortSignal, ...args: readonly unknown[]) => Promise<unknown>;
      return act(opened.engine, stop.signal, ...args);
    });
    running.delete(id);
    parent.send({ type: 'reply', reply });
  };
  const end = async (): Promise<void> => {
    for (const stop of running.values()) stop.abort();
    await opened?.close();
    parent.end();
  };
  return (given) => {
    const message = ToEngine.parse(given);
    switch (message.type) {
      case 'open':
        opened = open(message.setup, question);
        return;
      case 'ask':
        return void work(message.id, message.call, message.args);
      case 'cancel':
        return running.get(message.id)?.abort();
      case 'reply':
        return questions.settle(message.reply);
      case 'end':
        return void end();
      default:
        return assertNever(message);
    }
  };
};

const open = ({ folder, deviceName, userAgent, asksProxy }: EngineSetup, question: (asked: Question) => Promise<unknown>): Opened => {
  const way: Way = { limits: { connectMs: 15_000, stallMs: 30_000, answerMs: 120_000 }, proxy: { mode: 'none' } };
  const http = createLazyHttp({
    limits: () => way.limits,
    proxy: () => way.proxy,
    systemProxy: asksProxy ? async (url) => String(await question({ what: 'proxy', url })) : null,
    userAgent,
  });
  const names = new Map<string, string>();
  const memories = createAccountMemories(join(folder, 'hosts.json'));
  const connect = async (account: string): Promise<Connection> => {
    const connection = Connection.parse(await question({ what: 'connection', account }));
    names.set(account, connection.name);
    Object.assign(way, { limits: connection.limits, proxy: connection.proxy });
    return connection;
  };
  const hostOf = createAccountDocuments({ http, registry: createRegistry(), connect, memory: memories.at, now: Date.now });
  const engine = createSyncEngine({
    folder,
    hostOf,
    nameOf: (account) => names.get(account) ?? account,
    texts: localTexts,
    now: Date.now,
    newId: randomUUID,
    deviceName,
  });
  return {
    engine,
    reader: createReader(engine, Date.now),
    close: async () => {
      http.close();
      await engine.close();
    },
  };
};
