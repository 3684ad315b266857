import { TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure } from '../../bridge';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { Bar, Busy } from '../../ui/bits';
import { Field, Input } from '../../ui/field';
import { FormDialog } from '../../ui/form-dialog';
import { ProblemBar } from './problem-bar';

const SHORTEST = 8;
const LONGEST = 1000;

type HowProps = { readonly sealed: boolean; readonly onChange: (sealed: boolean) => void };

/** With keys and delete links under a passphrase, or without both: the second has to be chosen. */
const How = ({ sealed, onChange }: HowProps) => {
  const { t } = useText();
  const name = useId();
  const choice = (value: boolean, label: string, help: string) => (
    <label className="flex items-start gap-2.5 rounded-s border border-line px-3 py-2 has-[:checked]:border-accent has-[:checked]:bg-accent-soft">
      <input type="radio" name={name} checked={sealed === value} onChange={() => onChange(value)} className="mt-1 accent-accent" />
      <span className="min-w-0">
        <span className="block font-medium">{label}</span>
        <span className="said block text-small text-text-2">{help}</span>
      </span>
    </label>
  );
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{t('exportHow')}</legend>
      {choice(true, t('exportWith'), t('exportWithHelp'))}
      {choice(false, t('exportWithout'), t('exportWithoutHelp'))}
    </fieldset>
  );
};

/** Asks for a passphrase, twice, unless a person chooses to leave keys and delete links out; then main asks where to. */
export const ExportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, number } = useText();
  const { client } = useApp();
  const say = useSay();
  const [sealed, setSealed] = useState(true);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [strict, setStrict] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const tooShort = passphrase.length < SHORTEST;
  const differs = passphrase !== again;
  const run = async (): Promise<void> => {
    setStrict(true);
    if (sealed && (tooShort || differs)) return;
    setBusy(true);
    setProblem(null);
    try {
      const saved = await client.call('transfer:export', { passphrase: sealed ? passphrase : null });
      setBusy(false);
      if (saved === null) return;
      say({ title: { key: 'exportDone', params: { count: saved.uploads, formatted: number(saved.uploads) } }, notes: [{ plain: saved.path }] });
      onClose();
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setBusy(false);
      setProblem(failure.error.problem);
    }
  };
  return (
    <FormDialog
      title={t('exportTitle')}
      closeLabel={t('close')}
      cancelLabel={t('cancel')}
      submitLabel={t(sealed ? 'exportRun' : 'exportRunWithout')}
      ready={!busy}
      aside={busy ? <Busy text={t('exportRunning')} /> : null}
      onSubmit={() => void run()}
      onClose={onClose}
    >
      <p className="said text-text-2">{t('exportText')}</p>
      <How
        sealed={sealed}
        onChange={(next) => {
          setSealed(next);
          setStrict(false);
        }}
      />
      {sealed ? (
        <>
          <Field label={t('exportPassphrase')} help={t('exportPassphraseHelp')} error={strict && tooShort ? t('exportTooShort') : null}>
            <Input type="password" value={passphrase} onChange={setPassphrase} maxLength={LONGEST} autoComplete="new-password" autoFocus />
          </Field>
          <Field label={t('exportConfirm')} error={differs && (strict || (again !== '' && again.length >= passphrase.length)) ? t('exportDiffers') : null}>
            <Input type="password" value={again} onChange={setAgain} maxLength={LONGEST} autoComplete="new-password" />
          </Field>
        </>
      ) : (
        <Bar tone="warn" icon={<TriangleAlert size={16} aria-hidden />}>
          {t('exportWithoutText')}
        </Bar>
      )}
      <ProblemBar problem={problem} />
    </FormDialog>
  );
};
