import { ChevronDown, FileBraces, FilePlus2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Account } from '../../../shared/model/account';
import type { SyncIndexed } from '../../../shared/model/sync';
import { CallFailure } from '../../bridge';
import { documentName } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccounts, useApp, useSync } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { keepFocus } from '../../ui/kept-focus';
import { Menu } from '../../ui/menu';
import type { ToAdd } from './add-dialog';

type Found = { readonly account: Account; readonly documents: readonly SyncIndexed[] };

/** Others may put something into a list at any time; while the page is looked at they are asked again as often as this. */
const AGAIN_MS = 60_000;

/** What other devices have put into the accounts' lists and this one does not sync; looked up anew while the page is open. */
const useFound = (): readonly Found[] => {
  const { client } = useApp();
  const accounts = useAccounts();
  const here = useSync((view) => view.documents.length);
  const standing = useSync((view) => view.paused || !view.online);
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    let left = false;
    let asking = false;
    const ask = async (account: Account): Promise<Found | null> => {
      try {
        const indexed = await client.call('sync:indexed', { account: account.id });
        return { account, documents: indexed.filter((one) => !one.here && one.kind === 'file') };
      } catch (failure) {
        if (!(failure instanceof CallFailure)) throw failure;
        // A list that cannot be had offers nothing new; the account's own documents say what is wrong with it.
        return null;
      }
    };
    const all = async (): Promise<void> => {
      if (asking) return;
      asking = true;
      const able = accounts.filter(({ capabilities }) => capabilities.sync);
      const answers = await Promise.all(able.map(ask));
      asking = false;
      if (left) return;
      setFound((before) =>
        able
          .flatMap((account, index) => answers[index] ?? before.filter((one) => one.account.id === account.id))
          .filter(({ documents }) => documents.length > 0),
      );
    };
    const again = (): void => {
      if (!standing && window.document.visibilityState === 'visible') void all();
    };
    void all();
    const timer = setInterval(again, AGAIN_MS);
    window.addEventListener('focus', again);
    return () => {
      left = true;
      clearInterval(timer);
      window.removeEventListener('focus', again);
    };
  }, [client, accounts, here, standing]);
  return found;
};

/** Documents of other devices, each to be synced here too. */
export const FoundDocuments = ({ onAdd }: { readonly onAdd: (file: ToAdd) => void }) => {
  const text = useText();
  const { t, account: called } = text;
  const call = useCall();
  const found = useFound();
  // What had the keyboard went with its row: the document's own row takes it.
  useEffect(() => keepFocus(), [found]);
  const add = async (account: Account, one: SyncIndexed, exists: boolean): Promise<void> => {
    const place = await call('sync:choose-place', { name: one.name.replace(/\.json$/i, ''), exists });
    if (place !== undefined && place !== null) onAdd({ path: place.path, fileKey: one.fileKey, account: account.id });
  };
  const list = (title: string, shown: readonly Found[]) => (
    <section aria-label={title} className="mt-6 first:mt-0">
      <h2 className="mb-2 font-semibold">{title}</h2>
      <ul className="rounded-m border border-dashed border-line-strong">
        {shown.flatMap(({ account, documents }) =>
          documents.map((one) => (
            <li key={`${account.id} ${one.fileKey}`} className="flex min-h-12 flex-wrap items-center gap-3 border-t border-line px-4 py-2 first:border-t-0">
              <FileBraces size={18} strokeWidth={1.5} aria-hidden className="text-text-2" />
              <span className="min-w-0 flex-1 basis-48">
                <span className="block truncate font-medium">{documentName(one, text)}</span>
                <span className="block truncate text-small text-text-2">{t('syncFoundAt', { name: called(account.name) })}</span>
              </span>
              <Menu
                trigger={
                  <Button size="s" aria-label={`${t(one.elsewhere ? 'syncFoundAdd' : 'syncFoundAddKept')} ${documentName(one, text)}`}>
                    {t(one.elsewhere ? 'syncFoundAdd' : 'syncFoundAddKept')}
                    <ChevronDown size={14} aria-hidden />
                  </Button>
                }
                entries={[
                  { label: t('syncFoundNew'), icon: <FilePlus2 size={14} aria-hidden />, onSelect: () => void add(account, one, false) },
                  { label: t('syncFoundExisting'), note: t('syncFoundExistingNote'), icon: <FileBraces size={14} aria-hidden />, onSelect: () => void add(account, one, true) },
                ]}
              />
            </li>
          )),
        )}
      </ul>
    </section>
  );
  const part = (elsewhere: boolean): readonly Found[] => found.map(({ account, documents }) => ({ account, documents: documents.filter((one) => one.elsewhere === elsewhere) })).filter(({ documents }) => documents.length > 0);
  const [others, kept] = [part(true), part(false)];
  return (
    <>
      {others.length === 0 ? null : list(t('syncFound'), others)}
      {kept.length === 0 ? null : list(t('syncFoundKept'), kept)}
    </>
  );
};
