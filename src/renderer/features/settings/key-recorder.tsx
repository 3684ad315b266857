import { useEffect, useRef, useState } from 'react';
import type { ShortcutName, Shortcuts } from '../../../shared/model/settings';
import { partsOf, recordKey, sameKeys } from '../../../shared/shortcuts';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { Kbd } from '../../ui/bits';
import { Button } from '../../ui/button';
import { useWarning } from './shortcut-warning';

type KeyRecorderProps = {
  readonly name: ShortcutName;
  readonly label: string;
  readonly others: Shortcuts;
  readonly labelOf: (name: ShortcutName) => string;
  readonly mac: boolean;
  /** Null leaves the key as it is. */
  readonly onDone: (accelerator: string | null) => void;
};

type Shown = { readonly accelerator: string | null; readonly trouble: string | null; readonly usable: boolean };

/** Takes the next combination. One that cannot be had is said and another waited for; one that others use is shown before it is taken. */
export const KeyRecorder = ({ name, label, others, labelOf, mac, onDone }: KeyRecorderProps) => {
  const { t } = useText();
  const call = useCall();
  const warning = useWarning(mac);
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown>({ accelerator: null, trouble: null, usable: false });

  useEffect(() => {
    void call('shortcuts:record', { on: true });
    box.current?.focus();
    return () => void call('shortcuts:record', { on: false });
  }, [call]);

  const take = (event: React.KeyboardEvent): void => {
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onDone(null);
    const recorded = recordKey(event, mac);
    if (recorded.type === 'more') return;
    if (recorded.type !== 'key') return setShown({ accelerator: null, trouble: t(recorded.type === 'typing' ? 'shortcutTyping' : 'shortcutUnknown'), usable: false });
    const { accelerator } = recorded;
    const same = (Object.keys(others) as ShortcutName[]).find((other) => {
      const theirs = others[other].accelerator;
      return other !== name && theirs !== null && sameKeys(theirs, mac) === sameKeys(accelerator, mac);
    });
    if (same !== undefined) return setShown({ accelerator, trouble: t('shortcutSameText', { name: labelOf(same) }), usable: false });
    const warned = warning(accelerator);
    if (warned === null) return onDone(accelerator);
    setShown({ accelerator, trouble: warned, usable: true });
  };
  return (
    <div className="flex flex-col gap-1.5">
      <div
        ref={box}
        // A key recorder is no text field: it takes each key as it is.
        role="textbox"
        aria-readonly
        aria-label={t('shortcutRecordOf', { name: label })}
        tabIndex={0}
        onKeyDown={take}
        onKeyUp={(event) => {
          // Some systems tell of this key only when it is let go.
          if (event.key === 'PrintScreen') take(event);
        }}
        className="flex min-h-8 flex-wrap items-center gap-1 rounded-s border border-accent bg-surface px-2.5 py-1"
      >
        {shown.accelerator === null ? <span className="text-text-2">{t('shortcutRecording')}</span> : partsOf(shown.accelerator, mac).map((part) => <Kbd key={part}>{part}</Kbd>)}
      </div>
      <div role="status" className="said text-small empty:hidden">
        {shown.trouble}
      </div>
      <div className="flex gap-2">
        {shown.usable ? (
          <Button size="s" look="primary" onClick={() => onDone(shown.accelerator)}>
            {t('shortcutUseAnyway')}
          </Button>
        ) : null}
        <Button size="s" onClick={() => onDone(null)}>
          {t('shortcutKeep')}
        </Button>
      </div>
    </div>
  );
};
