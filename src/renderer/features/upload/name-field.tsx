import { useState, type KeyboardEvent } from 'react';
import type { Job } from '../../../shared/model/job';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useApp, useQueue } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { inputClass } from '../../ui/field';
import { extensionAt, typedName } from './typed-name';

/** Gives the keyboard to the next field that waits, so that many files are named in one go. */
const focusNext = (field: HTMLElement): void => {
  const all = [...document.querySelectorAll<HTMLInputElement>('[data-job-name]')];
  const next = all[all.findIndex((one) => one === field) + 1] ?? all.find((one) => one !== field);
  if (next !== undefined) next.focus();
  else field.closest<HTMLElement>('[role=listitem]')?.focus();
};

/** The name under which a waiting job goes on; Enter sends it. Nobody else waits for it. */
export const NameField = ({ job, tabIndex }: { readonly job: Job; readonly tabIndex: 0 | -1 }) => {
  const { t } = useText();
  const call = useCall();
  const [draft, setDraft] = useState(job.name);
  const send = (): void => void call('queue:set-names', { names: [{ id: job.id, name: typedName(draft, job.name) }] });
  const keydown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // The list's own keys are for its rows.
    if (!['ArrowUp', 'ArrowDown', 'Tab', 'Escape'].includes(event.key)) event.stopPropagation();
    if (event.key === 'Escape') setDraft(job.name);
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
    focusNext(event.currentTarget);
  };
  return (
    <div className="mt-1 flex items-center gap-2">
      <input
        data-job-name
        type="text"
        tabIndex={tabIndex}
        aria-label={t('jobName', { name: job.name })}
        value={draft}
        maxLength={255}
        spellCheck={false}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.currentTarget.setSelectionRange(0, extensionAt(event.currentTarget.value))}
        onKeyDown={keydown}
        className={`${inputClass} !h-7 max-w-100`}
      />
      <Button size="s" look="primary" tabIndex={tabIndex} onClick={send}>
        {t('jobNameUse')}
      </Button>
    </div>
  );
};

/** How many files wait for a name, and the way to let all of them go. */
export const NamesBar = () => {
  const { t, number } = useText();
  const { queue } = useApp();
  const call = useCall();
  const waiting = useQueue(({ byId, summary }) => {
    if (summary.waiting === 0) return 0;
    let count = 0;
    for (const job of byId.values()) if (job.wait === 'name') count += 1;
    return count;
  });
  if (waiting === 0) return null;
  const all = (): void => {
    const names = [...queue.getState().state.byId.values()].filter(({ wait }) => wait === 'name').map(({ id }) => ({ id, name: null }));
    if (names.length > 0) void call('queue:set-names', { names });
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5">
      <span role="status" className="mr-auto">
        {t('namesWaiting', { count: waiting, formatted: number(waiting) })}
      </span>
      <Button size="s" onClick={all}>
        {t('namesAll')}
      </Button>
    </div>
  );
};
