import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { ApiScope, ApiToken } from '../../../shared/model/local-api';
import type { Problem } from '../../../shared/model/problem';
import { CallFailure } from '../../bridge';
import { useText, type TextKey } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field, Input } from '../../ui/field';
import { FormDialog } from '../../ui/form-dialog';
import { CodeBox } from './code-box';
import { ProblemBar } from './problem-bar';

export const scopeTexts: Readonly<Record<ApiScope, TextKey>> = { upload: 'apiScopeUpload', clipboard: 'apiScopeClipboard', delete: 'apiScopeDelete' };
const scopes: readonly ApiScope[] = ['upload', 'clipboard', 'delete'];

/** What a program asks for, made with its token. */
export type TokenUse = { readonly label: string; readonly value: (token: string) => string };

type TokenDialogProps = {
  /** The program's name, where it is known. */
  readonly name?: string;
  readonly uses?: readonly TokenUse[];
  readonly taken: readonly string[];
  readonly onClose: () => void;
};

/** Makes a token and shows it, this one time. */
export const TokenDialog = ({ name: known = '', uses = [], taken, onClose }: TokenDialogProps) => {
  const { t } = useText();
  const { client } = useApp();
  const [name, setName] = useState(() => freeName(known, taken));
  const [may, setMay] = useState<readonly ApiScope[]>(scopes);
  const [strict, setStrict] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [made, setMade] = useState<{ readonly token: string; readonly info: ApiToken } | null>(null);
  const trimmed = name.trim();
  const wrong = trimmed === '' ? t('apiTokenNameMissing') : taken.includes(trimmed) ? t('apiTokenNameTaken') : null;
  const make = async (): Promise<void> => {
    setStrict(true);
    if (wrong !== null || may.length === 0) return;
    try {
      setMade(await client.call('api:add-token', { name: trimmed, scopes: [...may] }));
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setProblem(failure.error.problem);
    }
  };
  if (made !== null) {
    return (
      <Dialog
        open
        wide
        onClose={onClose}
        title={t('apiTokenReady', { name: made.info.name })}
        closeLabel={t('close')}
        footer={
          <Button look="primary" onClick={onClose}>
            {t('apiDone')}
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <Bar tone="warn" icon={<KeyRound size={16} aria-hidden />}>
            {t('apiTokenOnce')}
          </Bar>
          {[...uses, { label: t('apiTokenValue'), value: (token: string) => token }].map(({ label, value }) => (
            <CodeBox key={label} label={label} value={value(made.token)} />
          ))}
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog title={t('apiTokenTitle')} closeLabel={t('close')} cancelLabel={t('cancel')} submitLabel={t('apiTokenMake')} onSubmit={() => void make()} onClose={onClose}>
      <Field label={t('apiTokenName')} help={t('apiTokenNameHelp')} error={strict || taken.includes(trimmed) ? wrong : null}>
        <Input value={name} onChange={setName} maxLength={80} autoFocus />
      </Field>
      <fieldset className="flex flex-col">
        <legend className="mb-1 font-medium">{t('apiTokenMay')}</legend>
        {scopes.map((scope) => (
          <label key={scope} className="flex min-h-7 items-center gap-2.5">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={may.includes(scope)}
              onChange={(event) => setMay(event.target.checked ? [...may, scope] : may.filter((one) => one !== scope))}
            />
            {t(scopeTexts[scope])}
          </label>
        ))}
        {strict && may.length === 0 ? <p className="said text-danger">{t('apiTokenMayMissing')}</p> : null}
      </fieldset>
      <ProblemBar problem={problem} />
    </FormDialog>
  );
};

/** The name itself, or with the first number that makes it another. */
function freeName(name: string, taken: readonly string[]): string {
  if (name === '' || !taken.includes(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.includes(`${name} ${number}`)) return `${name} ${number}`;
}
