import { ownParent } from '../../lib/parent-process';
import { Desk } from './desk';
import { Request, type Reply } from './messages';

const parent = ownParent();

const desk = new Desk({
  now: Date.now,
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
});

const reply = (message: Reply): void => parent.send(message);

const take = (message: unknown): void => {
  const { id, ask, input } = Request.parse(message);
  try {
    reply({ id, ok: true, value: desk.answer(ask, input) });
  } catch (error) {
    reply({ id, ok: false, why: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : typeof error });
  }
};

parent.onMessage(take);
