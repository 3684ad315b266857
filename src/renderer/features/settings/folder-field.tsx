import clsx from 'clsx';
import { Check, FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CallOutput } from '../../bridge';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { Field, Input } from '../../ui/field';

export type FolderCheck = CallOutput<'accounts:check-folder'>;

/** Main's verdict on the folder that is typed, the newest question's answer only. */
export const useFolderCheck = (folder: string): FolderCheck | null => {
  const { client } = useApp();
  const [check, setCheck] = useState<FolderCheck | null>(null);
  useEffect(() => {
    let current = true;
    setCheck(null);
    if (folder.trim() === '') return undefined;
    void client.call('accounts:check-folder', { folder }).then((answer) => {
      if (current) setCheck(answer);
    });
    return () => {
      current = false;
    };
  }, [client, folder]);
  return check;
};

const FAULTS = { none: null, relative: 'formFolderRelative', own: 'formFolderOwn', 'no-data': 'formFolderNoData' } as const;

type FolderFieldProps = { readonly folder: string; readonly check: FolderCheck | null; readonly onChange: (folder: string) => void };

/** The data folder of another Picferry: typed, chosen, or picked from those that run now. */
export const FolderField = ({ folder, check, onChange }: FolderFieldProps) => {
  const { t } = useText();
  const { client } = useApp();
  const call = useCall();
  const [typing, setTyping] = useState(false);
  const [running, setRunning] = useState<readonly string[]>([]);
  useEffect(() => {
    let current = true;
    void client.call('accounts:neighbours', undefined).then(({ folders }) => {
      if (current) setRunning(folders);
    });
    return () => {
      current = false;
    };
  }, [client]);
  const set = (next: string): void => {
    setTyping(false);
    onChange(next);
  };
  const choose = async (): Promise<void> => {
    const path = (await call('accounts:choose-folder', undefined))?.path ?? null;
    if (path !== null) set(path);
  };
  // A path is not whole before its last letter.
  const fault = typing && check?.problem !== 'own' ? null : FAULTS[check?.problem ?? 'none'];
  return (
    <div className="flex flex-col gap-2">
      <Field label={t('formFolder')} help={t('formFolderHelp')} error={fault === null ? null : t(fault)}>
        <span className="flex items-center gap-2">
          <Input
            value={folder}
            maxLength={2000}
            onChange={(next) => {
              setTyping(true);
              onChange(next);
            }}
            onBlur={() => setTyping(false)}
            onKeyDown={({ key }) => {
              if (key === 'Enter') setTyping(false);
            }}
          />
          <Button className="shrink-0" onClick={() => void choose()}>
            {t('formFolderChoose')}
          </Button>
        </span>
      </Field>
      {running.length === 0 ? null : (
        <section aria-label={t('formFolderRunning')} className="flex flex-col gap-1">
          <h3 className="text-small text-text-2">{t('formFolderRunning')}</h3>
          <ul className="flex flex-col gap-1">
            {running.map((one) => {
              const chosen = one === folder.trim();
              return (
                <li key={one}>
                  <Button look="quiet" aria-pressed={chosen} className={clsx('h-auto! min-h-8 w-full justify-start! py-1 text-left', chosen && 'bg-accent-soft! text-accent!')} icon={chosen ? <Check size={16} aria-hidden className="shrink-0" /> : <FolderOpen size={16} aria-hidden className="shrink-0" />} onClick={() => set(one)}>
                    <span className="min-w-0 break-all whitespace-normal">{one}</span>
                  </Button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
};
