import { describe, expect, it } from 'vitest';
import type { ItemOutcome, OperationItem } from '../../shared/model/operation';
import { CallFailure, type Client } from '../bridge';
import { createOperationItems } from './operation-items';

const item = (index: number): OperationItem => ({ id: `u${index}`, name: `${index}.jpg`, outcome: index % 10 === 0 ? 'refused' : 'deleted', problem: null });

type Asked = { readonly offset: number; readonly outcomes: readonly ItemOutcome[] | null };

/** Main with so many items; every answer waits until it is let go when `held`. */
const world = (count: number) => {
  const asked: Asked[] = [];
  const waiting: (() => void)[] = [];
  const state = { held: false, fails: false };
  const items = Array.from({ length: count }, (_, index) => item(index));
  const call = async (_name: string, input: Asked & { readonly limit: number }) => {
    asked.push({ offset: input.offset, outcomes: input.outcomes });
    if (state.held) await new Promise<void>((go) => waiting.push(go));
    if (state.fails) {
      const problem = { kind: 'internal', sub: null, message: 'internal', params: {}, retryable: true, retryAfterMs: null, detail: null, at: 0 } as const;
      throw new CallFailure({ code: 'failed', id: 'x', problem });
    }
    const { outcomes } = input;
    const found = items.filter(({ outcome }) => outcomes === null || (outcome !== null && outcomes.includes(outcome)));
    return { items: found.slice(input.offset, input.offset + input.limit), total: found.length };
  };
  return { asked, state, letGo: () => waiting.splice(0).forEach((go) => go()), client: { call } as unknown as Pick<Client, 'call'> };
};

describe('the items of an operation', () => {
  it('reads only the pages that come into view, each once', async () => {
    const { client, asked } = world(10_000);
    const items = createOperationItems(client, 'op');
    await items.want(0, 12);
    await items.want(5, 30);
    await items.want(4_950, 5_010);
    expect(asked.map(({ offset }) => offset)).toEqual([0, 4_900, 5_000]);
    expect(items.store.getState().total).toBe(10_000);
    expect(items.store.getState().items.get(5_010)?.name).toBe('5010.jpg');
  });

  it('shows one outcome, and drops the answer to what was shown before', async () => {
    const { client, state, letGo } = world(200);
    const items = createOperationItems(client, 'op');
    state.held = true;
    const slow = items.want(0, 10);
    state.held = false;
    await items.setOutcome('refused');
    letGo();
    await slow;
    expect(items.store.getState()).toMatchObject({ outcome: 'refused', total: 20 });
    expect([...items.store.getState().items.values()].every(({ outcome }) => outcome === 'refused')).toBe(true);
  });

  it('reads again what is in view when the operation went on', async () => {
    const { client, asked } = world(500);
    const items = createOperationItems(client, 'op');
    await items.want(150, 160);
    await items.refresh();
    expect(asked.map(({ offset }) => offset)).toEqual([100, 100]);
  });

  it('tells why it could not read, and can be asked again', async () => {
    const { client, state } = world(5);
    const items = createOperationItems(client, 'op');
    state.fails = true;
    await items.want(0, 4);
    expect(items.store.getState().problem?.message).toBe('internal');
    state.fails = false;
    await items.refresh();
    expect(items.store.getState()).toMatchObject({ problem: null, total: 5 });
  });

  it('gives every item for a report', async () => {
    const { client } = world(1_234);
    expect(await createOperationItems(client, 'op').all()).toHaveLength(1_234);
  });
});
