import { useCallback, useState } from 'react';
import type { Problem } from '../../../shared/model/problem';
import type { ImportReport } from '../../../shared/model/transfer';
import { CallFailure } from '../../bridge';
import { useApp } from '../../stores/use-app';

export type ImportChoice = { readonly accounts: boolean; readonly uploads: boolean; readonly settings: boolean };

export type ImportStep =
  /** The system's dialog is open. */
  | { readonly at: 'choosing' }
  | { readonly at: 'looking' }
  /** The file could not be read. */
  | { readonly at: 'failed'; readonly problem: Problem }
  | { readonly at: 'sealed'; readonly id: string; readonly problem: Problem | null; readonly busy: boolean }
  | { readonly at: 'looked'; readonly id: string; readonly report: ImportReport; readonly passphrase: string | null; readonly problem: Problem | null; readonly busy: boolean }
  | { readonly at: 'done'; readonly report: ImportReport };

/** An import from choosing the file to its result. `onNone` is called when no file was chosen. */
export const useImport = (onNone: () => void) => {
  const { client } = useApp();
  const [step, setStep] = useState<ImportStep>({ at: 'choosing' });

  const choose = useCallback(async (): Promise<void> => {
    setStep({ at: 'choosing' });
    try {
      const chosen = await client.call('transfer:choose-import', undefined);
      if (chosen === null) return onNone();
      setStep({ at: 'looking' });
      const found = await client.call('transfer:look', { path: chosen.path, passphrase: null });
      if (found === null) onNone();
      else if (found.report === null) setStep({ at: 'sealed', id: found.id, problem: null, busy: false });
      else setStep({ at: 'looked', id: found.id, report: found.report, passphrase: null, problem: null, busy: false });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setStep({ at: 'failed', problem: failure.error.problem });
    }
  }, [client, onNone]);

  const unlock = async (id: string, passphrase: string): Promise<void> => {
    setStep({ at: 'sealed', id, problem: null, busy: true });
    try {
      const found = await client.call('transfer:look', { path: null, passphrase, again: id });
      if (found?.report == null) setStep({ at: 'sealed', id, problem: null, busy: false });
      else setStep({ at: 'looked', id: found.id, report: found.report, passphrase, problem: null, busy: false });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setStep({ at: 'sealed', id, problem: failure.error.problem, busy: false });
    }
  };

  const run = async (looked: Extract<ImportStep, { readonly at: 'looked' }>, choice: ImportChoice): Promise<void> => {
    setStep({ ...looked, problem: null, busy: true });
    try {
      setStep({ at: 'done', report: await client.call('transfer:import', { id: looked.id, passphrase: looked.passphrase, ...choice }) });
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setStep({ ...looked, problem: failure.error.problem, busy: false });
    }
  };

  return { step, choose, unlock, run };
};
