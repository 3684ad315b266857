import { useEffect, useRef, useState } from 'react';
import { assertNever } from '../../../shared/assert-never';
import type { ShortcutName, Shortcuts } from '../../../shared/model/settings';
import type { ShortcutState, ShortcutTest } from '../../../shared/model/shortcut-state';
import { partsOf } from '../../../shared/shortcuts';
import { useText, type Text, type TextKey } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { Badge, Kbd, type Tone } from '../../ui/bits';
import { Button } from '../../ui/button';
import { CodeBox } from './code-box';
import { KeyRecorder } from './key-recorder';
import { useWarning } from './shortcut-warning';

export type ShortcutKeyProps = {
  readonly name: ShortcutName;
  readonly label: string;
  readonly accelerator: string | null;
  /** Null until main has told. */
  readonly state: ShortcutState | null;
  readonly others: Shortcuts;
  readonly labelOf: (name: ShortcutName) => string;
  readonly mac: boolean;
  readonly onChange: (accelerator: string | null) => void;
};

const looks: Readonly<Record<Exclude<ShortcutState['state'], 'off'>, { readonly tone: Tone; readonly label: TextKey }>> = {
  registered: { tone: 'ok', label: 'shortcutRegistered' },
  asked: { tone: 'neutral', label: 'shortcutAsked' },
  refused: { tone: 'danger', label: 'shortcutRefused' },
  unavailable: { tone: 'warn', label: 'shortcutUnavailable' },
  bad: { tone: 'danger', label: 'shortcutBad' },
};

/** What a state means and what to do; null where there is nothing to say. */
const meaning = ({ state, sameAs }: ShortcutState, t: Text['t'], labelOf: ShortcutKeyProps['labelOf']): string | null => {
  switch (state) {
    case 'off':
    case 'registered':
      return null;
    case 'asked':
      return t('shortcutAskedText');
    case 'refused':
      return sameAs === null ? t('shortcutRefusedText') : t('shortcutSameText', { name: labelOf(sameAs) });
    case 'unavailable':
      return t('shortcutUnavailableText');
    case 'bad':
      return t('shortcutBadText');
    default:
      return assertNever(state);
  }
};

type Outcome = ShortcutTest | 'running';

export const ShortcutKey = (props: ShortcutKeyProps) => {
  const { name, label, accelerator, state, mac, onChange } = props;
  const { t } = useText();
  const call = useCall();
  const warning = useWarning(mac);
  const [recording, setRecording] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  useEffect(() => setOutcome(null), [accelerator]);

  const test = async (): Promise<void> => {
    setOutcome('running');
    const answer = await call('shortcuts:test', { name });
    if (shown.current) setOutcome(answer === undefined || answer.result === 'stopped' ? null : answer.result);
  };
  if (recording) {
    return (
      <KeyRecorder
        {...props}
        onDone={(next) => {
          setRecording(false);
          if (next !== null && next !== accelerator) onChange(next);
        }}
      />
    );
  }
  const said = state === null ? null : meaning(state, t, props.labelOf);
  const warned = accelerator === null ? null : warning(accelerator);
  const works = state?.state === 'registered' || state?.state === 'asked';
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <span role="group" aria-label={t('shortcutKeyOf', { name: label })} className="flex min-h-6 items-center gap-1">
          {accelerator === null ? <span className="text-text-2">{t('shortcutNone')}</span> : partsOf(accelerator, mac).map((part) => <Kbd key={part}>{part}</Kbd>)}
        </span>
        {state === null || state.state === 'off' ? null : <Badge tone={looks[state.state].tone}>{t(looks[state.state].label)}</Badge>}
        <span className="ml-auto flex flex-wrap gap-1">
          {state?.state === 'refused' && state.sameAs === null ? (
            <Button size="s" onClick={() => void call('shortcuts:try-again', undefined)}>
              {t('shortcutTryAgain')}
            </Button>
          ) : null}
          {works && outcome !== 'running' ? (
            <Button size="s" aria-label={t('shortcutTestOf', { name: label })} onClick={() => void test()}>
              {t('shortcutTest')}
            </Button>
          ) : null}
          <Button size="s" aria-label={t('shortcutRecordOf', { name: label })} onClick={() => setRecording(true)}>
            {t('shortcutRecord')}
          </Button>
          {accelerator === null ? null : (
            <Button size="s" look="quiet" aria-label={t('shortcutTurnOffOf', { name: label })} onClick={() => onChange(null)}>
              {t('shortcutTurnOff')}
            </Button>
          )}
        </span>
      </div>
      {said === null ? null : <p className="said text-small text-text-2">{said}</p>}
      {warned === null ? null : <p className="said text-small text-text-2">{warned}</p>}
      {state === null || state.command === null ? null : (
        <>
          <p className="said text-small text-text-2">{t('shortcutCommandText')}</p>
          <CodeBox label={t('shortcutCommand', { name: label })} value={state.command} />
        </>
      )}
      <TestSaid outcome={outcome} keys={accelerator === null ? '' : partsOf(accelerator, mac).join('+')} onStop={() => void call('shortcuts:stop-test', undefined)} />
    </>
  );
};

const TestSaid = ({ outcome, keys, onStop }: { readonly outcome: Outcome | null; readonly keys: string; readonly onStop: () => void }) => {
  const { t } = useText();
  return (
    <div role="status" className="said empty:hidden">
      {outcome === 'running' ? (
        <span className="flex flex-wrap items-center gap-2">
          {t('shortcutTesting', { keys })}
          <Button size="s" onClick={onStop}>
            {t('shortcutStopTest')}
          </Button>
        </span>
      ) : outcome === 'pressed' ? (
        <span className="text-ok">{t('shortcutPressed')}</span>
      ) : outcome === 'silent' ? (
        <span className="text-danger">{t('shortcutSilent')}</span>
      ) : outcome === 'refused' ? (
        <span className="text-danger">{t('shortcutRefusedText')}</span>
      ) : null}
    </div>
  );
};
