import type { Child, ChildProcessPort } from '../services';
import { Reply } from './messages';

/** The process that holds the merge: asks are answered in the order they come. */
export class DeskProcess {
  readonly #child: Child;
  readonly #waiting = new Map<number, { readonly take: (value: unknown) => void; readonly fail: (why: Error) => void }>();
  readonly #offs: readonly (() => void)[];
  #lastId = 0;
  #over = false;

  constructor(children: ChildProcessPort, private readonly onGone: () => void) {
    this.#child = children.start('resolver');
    this.#offs = [this.#child.onMessage((message) => this.#took(message)), this.#child.onExit(() => this.#gone())];
  }

  /** Rejects when the process could not answer, or is gone. */
  ask(ask: string, input: unknown): Promise<unknown> {
    if (this.#over) return Promise.reject(new Error('the resolver is gone'));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((take, fail) => {
      this.#waiting.set(id, { take, fail });
      this.#child.send({ id, ask, input });
    });
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#offs.forEach((off) => off());
    this.#child.kill();
    this.#failAll();
  }

  #took(message: unknown): void {
    const reply = Reply.safeParse(message);
    if (!reply.success) return;
    const waiting = this.#waiting.get(reply.data.id);
    this.#waiting.delete(reply.data.id);
    if (reply.data.ok) waiting?.take(reply.data.value);
    else waiting?.fail(new Error(reply.data.why));
  }

  #gone(): void {
    if (this.#over) return;
    this.#over = true;
    this.#offs.forEach((off) => off());
    this.#failAll();
    this.onGone();
  }

  #failAll(): void {
    for (const { fail } of this.#waiting.values()) fail(new Error('the resolver is gone'));
    this.#waiting.clear();
  }
}
