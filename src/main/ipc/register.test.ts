import { expect, test } from 'vitest';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import { calls, type CallName } from '../../shared/ipc/contract';
import type { Result } from '../../shared/ipc/result';
import { register, type Handlers, type RegisterDeps } from './register';
import type { CallSender } from './trusted-sender';

const ours: CallSender = { sender: { id: 7 }, senderFrame: { origin: 'app://picferry', parent: null } };

const bench = (handlers: Partial<Handlers>, checkOutput = true) => {
  const listeners = new Map<string, Parameters<RegisterDeps['handle']>[1]>();
  const faults: { readonly id: string; readonly error: unknown }[] = [];
  register(calls, handlers as Handlers, {
    handle: (channel, listener) => void listeners.set(channel, listener),
    windows: { roleOf: (id) => (id === 7 ? 'main' : id === 9 ? 'capture' : null) },
    checkOutput,
    logFault: (fault) => void faults.push(fault),
    newId: () => 'id-1',
    now: () => 5,
  });
  const invoke = (name: CallName, input: unknown, sender: CallSender = ours): Promise<Result<unknown>> => {
    const listener = listeners.get(name);
    if (listener === undefined) throw new Error(name);
    return listener(sender, input);
  };
  return { invoke, faults, channels: [...listeners.keys()] };
};

test('answers every call of the contract and nothing else', () => {
  expect(bench({}).channels).toEqual(Object.keys(calls));
});

test('gives the handler parsed input and the window its answer', async () => {
  const seen: unknown[] = [];
  const { invoke } = bench({ 'queue:pause': (input) => void seen.push(input) as undefined });
  expect(await invoke('queue:pause', { paused: true })).toEqual({ ok: true, value: undefined });
  expect(seen).toEqual([{ paused: true }]);
});

test.each<[string, CallSender]>([
  ['a window that is not ours', { ...ours, sender: { id: 8 } }],
  ['another origin', { ...ours, senderFrame: { origin: 'https://example.org', parent: null } }],
  ['an origin that only begins like ours', { ...ours, senderFrame: { origin: 'app://picferry.example', parent: null } }],
  ['a frame inside the page', { ...ours, senderFrame: { origin: 'app://picferry', parent: {} } }],
  ['a frame that is gone', { ...ours, senderFrame: null }],
])('refuses %s before it looks at the input', async (_, sender) => {
  let ran = false;
  const { invoke } = bench({ 'queue:pause': () => void (ran = true) as undefined });
  expect(await invoke('queue:pause', { paused: true }, sender)).toMatchObject({ ok: false, error: { code: 'refused', id: 'id-1' } });
  expect(ran).toBe(false);
});

test('a window of the capture makes its own calls and no others, and the main window none of those', async () => {
  const capture: CallSender = { ...ours, sender: { id: 9 } };
  const { invoke } = bench({ 'capturing:cancel': () => undefined, 'capture:start': () => undefined });
  expect(await invoke('capturing:cancel', { token: 't' }, capture)).toEqual({ ok: true, value: undefined });
  expect(await invoke('capturing:cancel', { token: 't' })).toMatchObject({ error: { code: 'refused' } });
  expect(await invoke('capture:start', { kind: 'screen', target: {} })).toEqual({ ok: true, value: undefined });
  for (const name of Object.keys(calls) as CallName[]) {
    if (!name.startsWith('capturing:')) expect(await invoke(name, undefined, capture)).toMatchObject({ error: { code: 'refused' } });
  }
});

test('says where an input is bad and never repeats what it was', async () => {
  const { invoke } = bench({ 'accounts:save': () => Promise.reject(new Error('not reached')) });
  const draft = { name: 'x', provider: 'imgurl', url: 'https://a.example', settings: {}, secrets: { token: 5 }, extra: 'canary-secret' };
  const answer = await invoke('accounts:save', draft);
  expect(answer).toMatchObject({ ok: false, error: { code: 'invalid', problem: { kind: 'internal' } } });
  expect(JSON.stringify(answer)).toContain('secrets.token');
  expect(JSON.stringify(answer)).not.toContain('canary-secret');
});

test('passes a coded failure on as it is', async () => {
  const problem = problemOf({ kind: 'auth', message: 'authBad' }, 3);
  const { invoke, faults } = bench({ 'queue:pause': () => Promise.reject(new PicferryError(problem)) });
  expect(await invoke('queue:pause', { paused: true })).toEqual({ ok: false, error: { code: 'failed', id: 'id-1', problem } });
  expect(faults).toEqual([]);
});

test('keeps what an unexpected fault says in the log, under the id the window shows', async () => {
  const fault = new TypeError('canary /home/me/secret');
  const { invoke, faults } = bench({ 'queue:pause': () => Promise.reject(fault) });
  const answer = await invoke('queue:pause', { paused: true });
  expect(answer).toMatchObject({ ok: false, error: { code: 'internal', id: 'id-1', problem: { detail: 'queue:pause: TypeError (id-1)' } } });
  expect(JSON.stringify(answer)).not.toContain('canary');
  expect(faults).toMatchObject([{ id: 'id-1', error: fault }]);
});

test('checks the answers of handlers where that is switched on, and only there', async () => {
  const wrong = { 'queue:settle': () => ({ result: 'perhaps' }) } as unknown as Partial<Handlers>;
  expect(await bench(wrong).invoke('queue:settle', { id: 'a' })).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(await bench(wrong, false).invoke('queue:settle', { id: 'a' })).toMatchObject({ ok: true });
});
