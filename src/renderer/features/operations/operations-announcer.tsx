import { useEffect, useRef, useState } from 'react';
import type { Operation } from '../../../shared/model/operation';
import { operationText } from '../../stores/operation-words';
import { useText } from '../../stores/text';
import { useApp, useOperations } from '../../stores/use-app';

/** Tells assistive technology when an operation begins to wait, begins, and how it ended; not every step of it. */
export const OperationsAnnouncer = () => {
  const text = useText();
  const { info } = useApp();
  const operations = useOperations();
  const [said, setSaid] = useState('');
  const before = useRef<ReadonlyMap<string, Operation['state']> | null>(null);
  useEffect(() => {
    const states = new Map(operations.map(({ id, state }) => [id, state]));
    const news = before.current === null ? [] : operations.filter(({ id, state }) => before.current?.get(id) !== state);
    before.current = states;
    if (news.length === 0) return;
    const keys = info.platform === 'darwin' ? '⌘Z' : 'Ctrl+Z';
    const words = news.map((operation) => {
      const told = operationText(operation, Date.now(), text);
      return operation.state === 'waiting' ? text.t('operationAnnounceWait', { text: told, keys }) : told;
    });
    setSaid(words.join(' '));
  }, [operations, info, text]);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  );
};
