import type { Page } from '@playwright/test';
import type { CallName, Calls } from '../../src/shared/ipc/contract';
import type { Result } from '../../src/shared/ipc/result';
import type { z } from 'zod';

/** Calls main as the page does and gives the value; throws the refusal's code. */
export const invoke = async <K extends CallName>(page: Page, name: K, input: z.input<Calls[K]['input']>): Promise<z.output<Calls[K]['output']>> => {
  const answer = (await page.evaluate(
    ([call, given]) => (globalThis as unknown as { readonly picferry: { invoke(name: string, input: unknown): Promise<unknown> } }).picferry.invoke(call, given),
    [name as string, input as unknown] as const,
  )) as Result<z.output<Calls[K]['output']>>;
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
  return answer.value;
};
