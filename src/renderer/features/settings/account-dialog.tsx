import { CircleAlert, Info } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Account } from '../../../shared/model/account';
import type { Problem } from '../../../shared/model/problem';
import type { ProviderDescriptor } from '../../../shared/model/provider';
import { CallFailure, type CallOutput } from '../../bridge';
import { useText } from '../../stores/text';
import { useAccounts, useApp } from '../../stores/use-app';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field, Input, Switch } from '../../ui/field';
import { Select } from '../../ui/select';
import { draftOf, fieldProblem, folderOf, newDraft, suggestName, toAccountDraft, withFolder, type DraftForm } from './account-draft';
import { FolderField, useFolderCheck, type FolderCheck } from './folder-field';
import { SettingField } from './setting-field';
import { TestReport } from './test-report';
import { useAccountTest } from './use-account-test';

type UrlCheck = CallOutput<'accounts:check-url'>;

/** Main's verdict on the address that is typed, the newest question's answer only. */
const useUrlCheck = (form: DraftForm): UrlCheck | null => {
  const { client } = useApp();
  const [check, setCheck] = useState<UrlCheck | null>(null);
  const { provider, url } = form;
  useEffect(() => {
    let current = true;
    if (url.trim() === '') {
      setCheck(null);
      return undefined;
    }
    void client.call('accounts:check-url', { provider, url }).then((answer) => {
      if (current) setCheck(answer);
    });
    return () => {
      current = false;
    };
  }, [client, provider, url]);
  return check;
};

/** What is wrong with the address. A name without a dot may still be on its way to one while it is typed. */
const addressFault = (problem: UrlCheck['problem'], typing: boolean): 'formAddressMalformed' | 'formAddressNoDot' | 'formAddressHttpPublic' | null => {
  if (problem === 'malformed') return 'formAddressMalformed';
  if (problem === 'no-dot') return typing ? null : 'formAddressNoDot';
  return problem === 'http-public' ? 'formAddressHttpPublic' : null;
};

type StepProps = { readonly form: DraftForm; readonly onChange: (form: DraftForm) => void };

type PlaceStepProps = StepProps & { readonly provider: ProviderDescriptor; readonly check: UrlCheck | null; readonly folderCheck: FolderCheck | null };

/** Which kind of host, and where it is. */
const PlaceStep = ({ form, provider, check, folderCheck, onChange }: PlaceStepProps) => {
  const { t, localized } = useText();
  const { providers } = useApp();
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('formHost')}>
        <Select
          className="w-full"
          label={t('formHost')}
          value={form.provider}
          disabled={form.id !== null}
          options={providers.map(({ id, name }) => ({ value: id, label: localized(name) }))}
          onChange={(id) => {
            const next = providers.find((each) => each.id === id);
            if (next !== undefined) onChange({ ...newDraft(next), ...(next.byFolder || provider.byFolder ? {} : { makeDefault: form.makeDefault }) });
          }}
        />
      </Field>
      {provider.byFolder ? (
        <FolderField folder={folderOf(form)} check={folderCheck} onChange={(folder) => onChange(withFolder(form, folder))} />
      ) : (
        <AddressFields form={form} check={check} onChange={onChange} />
      )}
      {provider.notice === null ? null : (
        <Bar tone="warn" icon={<Info size={14} aria-hidden />}>
          {localized(provider.notice)}
        </Bar>
      )}
    </div>
  );
};

const AddressFields = ({ form, check, onChange }: StepProps & { readonly check: UrlCheck | null }) => {
  const { t } = useText();
  const [typing, setTyping] = useState(true);
  const fault = addressFault(check?.problem ?? 'none', typing);
  return (
    <>
      <Field label={t('formAddress')} help={check?.problem === 'none' && check.url !== form.url.trim() ? t('formAddressIs', { url: check.url }) : t('formAddressHelp')} error={fault === null ? null : t(fault)}>
        <Input
          value={form.url}
          inputMode="url"
          placeholder="https://"
          onChange={(url) => {
            setTyping(true);
            onChange({ ...form, url });
          }}
          onBlur={() => setTyping(false)}
          onKeyDown={({ key }) => {
            if (key === 'Enter') setTyping(false);
          }}
        />
      </Field>
      {check?.problem === 'http-private' ? (
        <div className="flex flex-col gap-2 rounded-m border border-line bg-warn-soft px-3 py-2">
          <p>{t('formAddressHttpPrivate')}</p>
          <Switch
            label={t('formAllowHttp')}
            help={t('formAllowHttpHelp')}
            checked={form.settings['allowHttp'] === true}
            onChange={(allowHttp) => onChange({ ...form, settings: { ...form.settings, allowHttp } })}
          />
        </div>
      ) : null}
    </>
  );
};

const SettingsStep = ({ form, provider, strict, onChange }: StepProps & { readonly provider: ProviderDescriptor; readonly strict: boolean }) => {
  const { t } = useText();
  const { accounts } = useApp();
  const [more, setMore] = useState(false);
  const taken = accounts.getState().state.some((account) => account.id !== form.id && account.name === form.name.trim());
  const nameError = form.name.trim() === '' ? (strict ? t('formNameMissing') : null) : taken ? t('formNameTaken') : null;
  // The first step asks about http, in the words of that address, and for a folder.
  const shown = provider.settings.filter(({ key }) => key !== 'allowHttp' && !(provider.byFolder && key === 'folder'));
  const advanced = shown.filter((declared) => declared.advanced);
  const control = (declared: (typeof shown)[number]) => (
    <SettingField
      key={declared.key}
      declared={declared}
      form={form}
      strict={strict}
      onSetting={(key, value) => onChange({ ...form, settings: { ...form.settings, [key]: value } })}
      onSecret={(key, value) => onChange({ ...form, secrets: { ...form.secrets, [key]: value } })}
    />
  );
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('formName')} help={t('formNameHelp')} error={nameError}>
        <Input value={form.name} maxLength={80} onChange={(name) => onChange({ ...form, name })} />
      </Field>
      {shown.filter((declared) => !declared.advanced).map(control)}
      {advanced.length === 0 ? null : (
        <div>
          <Button size="s" look="quiet" aria-expanded={more} onClick={() => setMore(!more)}>
            {t(more ? 'formLess' : 'formMore')}
          </Button>
        </div>
      )}
      {more ? advanced.map(control) : null}
      <Switch label={t('formMakeDefault')} help={t('formMakeDefaultHelp')} checked={form.makeDefault} onChange={(makeDefault) => onChange({ ...form, makeDefault })} />
    </div>
  );
};

type AccountDialogProps = { readonly account: Account | null; readonly onClose: () => void };

/** Adds or edits an account in two steps: where it is, then how it is entered. Nothing is kept before Save. */
export const AccountDialog = ({ account, onClose }: AccountDialogProps) => {
  const [first] = useApp().providers;
  const initial = account !== null ? draftOf(account) : first === undefined ? null : newDraft(first);
  return initial === null ? null : <AccountForm account={account} initial={initial} onClose={onClose} />;
};

const AccountForm = ({ account, initial, onClose }: AccountDialogProps & { readonly initial: DraftForm }) => {
  const { t, problem: say } = useText();
  const app = useApp();
  const accounts = useAccounts();
  const test = useAccountTest();
  const [form, setForm] = useState(initial);
  const [step, setStep] = useState<1 | 2>(account === null ? 1 : 2);
  const [strict, setStrict] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const check = useUrlCheck(form);
  const folderCheck = useFolderCheck(folderOf(form));
  const provider = app.providers.find(({ id }) => id === form.provider);
  if (provider === undefined) return null;

  const change = (next: DraftForm): void => {
    setForm(next);
    setRefused(null);
    test.clear();
  };
  const placeFits = provider.byFolder ? folderCheck?.problem === 'none' : check !== null && (check.problem === 'none' || (check.problem === 'http-private' && form.settings['allowHttp'] === true));
  const complete = form.name.trim() !== '' && provider.settings.every((declared) => fieldProblem(declared, form) === null);
  const next = (): void => {
    if (!placeFits) return;
    const place = (provider.byFolder ? folderCheck?.folder : check?.url) ?? '';
    const name = form.name === '' ? suggestName(place, accounts.map((each) => each.name)) : form.name;
    setForm({ ...(provider.byFolder ? withFolder(form, place) : { ...form, url: place }), name });
    setStep(2);
  };
  const save = async (): Promise<void> => {
    setStrict(true);
    if (!complete) return;
    try {
      const saved = await app.client.call('accounts:save', toAccountDraft(form));
      if (form.makeDefault && !saved.isDefault) await app.client.call('accounts:set-default', { id: saved.id });
      onClose();
    } catch (failure) {
      if (!(failure instanceof CallFailure)) throw failure;
      setRefused(failure.error.problem);
    }
  };
  const footer =
    step === 1 ? (
      <Button look="primary" disabled={!placeFits} onClick={next}>
        {t('formNext')}
      </Button>
    ) : (
      <>
        <Button className="mr-auto" look="quiet" onClick={() => setStep(1)}>
          {t('formBack')}
        </Button>
        <Button onClick={() => (complete ? void test.run({ draft: toAccountDraft(form) }) : setStrict(true))}>{t('formTest')}</Button>
        <Button look="primary" onClick={() => void save()}>
          {t('formSave')}
        </Button>
      </>
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={account === null ? t('formAddTitle') : t('formEditTitle', { name: account.name })}
      closeLabel={t('close')}
      footer={footer}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (step === 1) next();
          else void save();
        }}
      >
        {/* Enter in a field submits only where the form holds a submit button. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
        <p className="mb-3 text-small text-text-2">{t('formStep', { step })}</p>
        {step === 1 ? <PlaceStep form={form} provider={provider} check={check} folderCheck={folderCheck} onChange={change} /> : <SettingsStep form={form} provider={provider} strict={strict} onChange={change} />}
        <div className="mt-4 flex flex-col gap-3 empty:hidden">
          {refused === null ? null : (
            <Bar tone="danger" icon={<CircleAlert size={14} aria-hidden />}>
              {say(refused)}
            </Bar>
          )}
          {step === 2 ? <TestReport test={test} /> : null}
        </div>
      </form>
    </Dialog>
  );
};
