import { PicferryError } from '../../../lib/picferry-error';
import type { Answer } from './messages';

/** What came of a piece of work, as a message. Faults of ours keep their words only: no stack, no value. */
export const answerOf = async (id: number, work: () => Promise<unknown>): Promise<Answer> => {
  try {
    return { type: 'answer', id, value: await work() };
  } catch (error) {
    if (error instanceof PicferryError) return { type: 'problem', id, problem: error.problem };
    return { type: 'fault', id, message: error instanceof Error ? error.message : String(error) };
  }
};

/** Questions that wait for their answers on one side of a process. */
export class Pending {
  readonly #waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  #last = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /** Sends under a new number and waits. */
  ask(send: (id: number) => void): { readonly id: number; readonly answer: Promise<unknown> } {
    const id = (this.#last += 1);
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    send(id);
    return { id, answer };
  }

  settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.type === 'answer') waiting?.resolve(answer.value);
    else waiting?.reject(answer.type === 'problem' ? new PicferryError(answer.problem) : new Error(answer.message));
  }

  /** The other side is gone. */
  rejectAll(error: () => Error): void {
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of left) reject(error());
  }
}
