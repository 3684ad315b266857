import { CircleMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ImportReport, ImportSkip } from '../../../shared/model/transfer';
import { useText, type TextKey } from '../../stores/text';

const whats: Readonly<Record<ImportSkip['what'], TextKey>> = {
  account: 'skipAccount',
  upload: 'skipUpload',
  setting: 'skipSetting',
  album: 'skipAlbum',
  delete_link: 'skipDeleteLink',
};

const whys: Readonly<Record<ImportSkip['why'], TextKey>> = {
  host_not_supported: 'skipNotSupported',
  no_address: 'skipNoAddress',
  incomplete: 'skipIncomplete',
  damaged: 'skipDamaged',
  not_a_link: 'skipNotALink',
  sealed_elsewhere: 'skipSealed',
  left_out: 'skipLeftOut',
  already_there: 'skipThere',
  own_folder: 'skipOwnFolder',
  other: 'skipOther',
};

const Row = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="flex gap-3 border-t border-line py-1.5 first:border-t-0">
    <dt className="w-28 shrink-0 text-text-2">{label}</dt>
    <dd className="said num min-w-0 flex-1">{children}</dd>
  </div>
);

const secrets = { none: 'importSecretsNone', sealed: 'importSecretsSealed', open: 'importSecretsOpen' } as const;

/** What a file holds, measured against what is here already. */
export const ImportContents = ({ report }: { readonly report: ImportReport }) => {
  const { t, number } = useText();
  const counted = ({ new: fresh, known }: ImportReport['uploads']): string => {
    if (fresh + known === 0) return t('importNone');
    return fresh === 0 ? t('importNothingNew', { known: number(known) }) : known === 0 ? number(fresh) : t('importNewKnown', { fresh: number(fresh), known: number(known) });
  };
  return (
    <section aria-label={t('importHas')}>
      <p className="said mb-2 truncate text-text-2" title={report.file}>
        {report.file}
      </p>
      <dl className="rounded-m border border-line bg-sunken px-3">
        <Row label={t('importUploads')}>{counted(report.uploads)}</Row>
        <Row label={t('importAlbums')}>{counted(report.albums)}</Row>
        <Row label={t('importAccounts')}>{counted(report.accounts)}</Row>
        <Row label={t('importSecrets')}>{t(secrets[report.secrets])}</Row>
        <Row label={t('importDeleteLinks')}>{report.deleteLinks === 0 ? t('importNone') : number(report.deleteLinks)}</Row>
        <Row label={t('importSettings')}>{t(report.settings ? 'importSettingsHas' : 'importNone')}</Row>
      </dl>
    </section>
  );
};

/** What is not taken, each with its reason. */
export const ImportSkips = ({ title, skipped }: { readonly title: string; readonly skipped: ImportReport['skipped'] }) => {
  const { t, number } = useText();
  if (skipped.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul className="max-h-48 overflow-y-auto rounded-m border border-line px-3" tabIndex={0}>
        {skipped.map((skip, index) => (
          <li key={index} className="flex items-start gap-2 border-t border-line py-1.5 first:border-t-0">
            <CircleMinus size={14} aria-hidden className="mt-0.75 shrink-0 text-text-2" />
            <span className="said min-w-0 flex-1">
              <span className="num font-medium">{t(whats[skip.what], { count: skip.count, formatted: number(skip.count) })}</span>
              {skip.name === '' ? null : ` · ${skip.name}`}
              <span className="block text-small text-text-2">{t(whys[skip.why])}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What was taken, in sentences. */
export const ImportResult = ({ report }: { readonly report: ImportReport }) => {
  const { t, number } = useText();
  const { uploads, accounts, albums, deleteLinks } = report;
  const counted = (key: TextKey, count: number): readonly string[] => (count === 0 ? [] : [t(key, { count, formatted: number(count) })]);
  const lines = [
    ...counted('importedUploads', uploads.new),
    ...(uploads.new === 0 ? [] : counted('importedDeleteLinks', deleteLinks)),
    ...counted('importedAlbums', albums.new),
    ...counted('importedAccounts', accounts.new),
    ...(report.settings ? [t('importedSettings')] : []),
  ];
  return (
    <div role="status" className="said num flex flex-col gap-1">
      {(lines.length === 0 ? [t('importedNothing')] : lines).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
};
