import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../../shared/model/account';
import { openLibrary } from '../../stores/open-library';
import { useText } from '../../stores/text';
import { useApp, useSettings } from '../../stores/use-app';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { Field, Input } from '../../ui/field';
import { Head } from './head';
import { useAlbumChoice } from './use-album-choice';

const LONGEST = 200;

/** For sites that take an album's id but list none: the id for new uploads, marked as what it is, and the uploads under it. */
export const TypedAlbum = ({ account }: { readonly account: Account }) => {
  const { t, account: called } = useText();
  const app = useApp();
  const chosen = useSettings((settings) => settings.chosenAlbums[account.id] ?? '');
  const choose = useAlbumChoice(account);
  const [typed, setTyped] = useState(chosen);
  const id = typed.trim();
  const name = called(account.name);
  return (
    <div className="flex h-full flex-col">
      <Head title={`${name} · ${t('albumsById')}`} about={t('albumsTypedText')} />
      <form
        className="flex max-w-120 flex-col gap-4 overflow-y-auto p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (id !== chosen && id !== '') void choose(id, { key: 'albumsTypedKept', params: { account: name, id } });
        }}
      >
        <Field label={t('albumsTypedFor')}>
          <Input value={typed} onChange={setTyped} maxLength={LONGEST} />
        </Field>
        <Bar tone="warn" icon={<CircleHelp size={16} aria-hidden />}>
          {t('albumsTypedUnverified')}
        </Bar>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" disabled={id === '' || id === chosen}>
            {t('albumsTypedKeep')}
          </Button>
          {chosen === '' ? null : (
            <Button
              onClick={() => {
                setTyped('');
                void choose('', { key: 'albumsTypedCleared', params: { account: name } });
              }}
            >
              {t('albumsTypedClear')}
            </Button>
          )}
          <Button look="quiet" disabled={id === ''} onClick={() => openLibrary(app, { album: { source: 'host', accountId: account.id, id } })}>
            {t('albumsTypedShow')}
          </Button>
        </div>
      </form>
    </div>
  );
};
