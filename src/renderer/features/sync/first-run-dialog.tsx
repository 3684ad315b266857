import { useId, useState, type ReactNode } from 'react';
import type { SyncBeginning, SyncDocument, SyncFirstRun, SyncKind } from '../../../shared/model/sync';
import { useSay } from '../../stores/said';
import { accountNames, accountOf, documentId, documentName, nameOf } from '../../stores/sync-words';
import { useText, type TextKey } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccounts } from '../../stores/use-app';
import { useTakeBack } from '../../stores/use-take-back';
import { Busy } from '../../ui/bits';
import { Choice } from '../../ui/choice';
import { FormDialog } from '../../ui/form-dialog';
import { ChangesView } from './changes-view';
import { MeetingList } from './meeting-list';
import { ReadFailed } from './read-failed';
import { SideFacts } from './side-facts';
import { useMaker } from './use-maker';
import { useRead } from './use-read';

const Sides = ({ first, host, device, library }: { readonly first: SyncFirstRun; readonly host: string; /** Who made the host's version. */ readonly device: string | null; readonly library: boolean }) => {
  const { t, bytes, number, moment } = useText();
  const places = (side: { readonly places: number; readonly bytes: number } | null): readonly string[] =>
    side === null ? [t('syncNothing')] : library ? [t('syncFirstRecords', { count: side.places, formatted: number(side.places) })] : [t('syncFirstPlaces', { count: side.places, formatted: number(side.places), bytes: bytes(side.bytes) })];
  const { here, there } = first;
  return (
    <div className="flex flex-wrap gap-2">
      <SideFacts title={t('syncFirstHere')} lines={places(here)} />
      <SideFacts title={t('syncFirstThere', { name: host })} lines={[...places(there), ...(there === null || library ? [] : [t('syncFirstVersion', { version: there.version, time: there.createdAt === null ? '–' : moment(there.createdAt) }), ...(device === null ? [] : [t('syncFirstMaker', { name: device })])])]} />
    </div>
  );
};

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** What taking one side alone means for Picferry's own data. */
const sideWords: { readonly [kind in SyncKind]?: { readonly cloud: TextKey; readonly device: TextKey } } = {
  settings: { cloud: 'syncFirstSettingsCloud', device: 'syncFirstSettingsDevice' },
  accounts: { cloud: 'syncFirstAccountsCloud', device: 'syncFirstAccountsDevice' },
  library: { cloud: 'syncFirstLibraryCloud', device: 'syncFirstLibraryDevice' },
};

/** What the chosen way changes, and where. */
const PREVIEWS = { merge: 'syncFirstPreview', 'use-cloud': 'syncFirstPreviewCloud', 'use-device': 'syncFirstPreviewDevice' } as const satisfies Readonly<Record<SyncBeginning, TextKey>>;

/** Both sides have something and have never met here: what each holds, what merging would do, and the three ways to begin. */
export const FirstRunDialog = ({ document, onClose }: { readonly document: SyncDocument; readonly onClose: () => void }) => {
  const text = useText();
  const { t, number, sentences } = text;
  const call = useCall();
  const say = useSay();
  const takeBack = useTakeBack();
  const group = useId();
  const accounts = useAccounts();
  const { read, again } = useRead('sync:first-run', { document: nameOf(document) });
  const [how, setHow] = useState<SyncBeginning>('merge');
  const [busy, setBusy] = useState(false);
  const [preview, setPreview] = useState(true);
  const host = accountOf(document, accounts, text);
  const name = documentName(document, text);
  const first = read.at === 'read' ? read.value : null;
  const library = document.kind === 'library';
  const maker = useMaker(document, first?.there?.deviceId ?? null);
  const begin = async (): Promise<void> => {
    setBusy(true);
    const begun = await call('sync:begin', { document: nameOf(document), how });
    setBusy(false);
    if (begun === undefined) return;
    const replaced = how === 'use-cloud' && !library;
    say({ title: { key: 'syncFirstBegun', params: { name } }, ...(replaced ? { action: { label: { key: 'syncRemovedUndo' }, onPress: () => void takeBack(nameOf(document), name) } } : {}), about: documentId(document) });
    onClose();
  };
  const choice = (value: SyncBeginning, label: string, help: ReactNode) => <Choice group={group} checked={how === value} label={label} help={help} onChoose={() => setHow(value)} />;
  const words = sideWords[document.kind] ?? { cloud: 'syncFirstCloudText', device: 'syncFirstDeviceText' };
  const names = document.kind === 'accounts' ? accountNames(accounts, first?.rows ?? []) : NO_NAMES;
  const merge = first?.merge ?? null;
  return (
    <FormDialog
      title={t('syncFirstTitle', { name })}
      closeLabel={t('close')}
      cancelLabel={t('cancel')}
      submitLabel={t('syncFirstGo')}
      ready={first !== null && !busy}
      aside={read.at === 'reading' ? <Busy text={t('syncFirstReading')} /> : null}
      onSubmit={() => void begin()}
      onClose={onClose}
    >
      {read.at === 'failed' ? <ReadFailed before={t('syncFirstFailed')} problem={read.problem} onAgain={again} /> : null}
      {first === null ? null : (
        <>
          <Sides first={first} host={host} device={maker} library={library} />
          <fieldset className="flex flex-col gap-2">
            <legend className="sr-only">{t('syncFirstTitle', { name })}</legend>
            {choice(
              'merge',
              t('syncFirstMerge'),
              merge === null ? null : library ? t('syncFirstLibraryMerge', { fromThere: number(merge.fromThere), fromHere: number(merge.fromHere) }) : sentences(t('syncFirstMergeText', { fromThere: number(merge.fromThere), fromHere: number(merge.fromHere) }), merge.conflicts === 0 ? t('syncFirstMergeClean') : t('syncFirstMergeClash', { count: merge.conflicts })),
            )}
            {choice('use-cloud', t('syncFirstCloud'), t(words.cloud))}
            {choice('use-device', t('syncFirstDevice'), t(words.device))}
          </fieldset>
          {first.there === null || library ? null : (
            <details open={preview} onToggle={(event) => setPreview(event.currentTarget.open)} className="rounded-s border border-line">
              <summary className="rounded-s px-3 py-2">{t(PREVIEWS[how], { name: host })}</summary>
              <div className="h-56 border-t border-line">
                {!preview ? null : how === 'merge' ? (
                  <MeetingList rows={first.rows} total={merge === null ? 0 : merge.fromThere + merge.fromHere + merge.conflicts} names={names} />
                ) : how === 'use-device' ? (
                  <ChangesView key={how} document={nameOf(document)} before={first.there.version} after="file" names={names} />
                ) : (
                  <ChangesView key={how} document={nameOf(document)} before="file" after={first.there.version} names={names} />
                )}
              </div>
            </details>
          )}
          <p className="text-small text-text-2">{t(library ? 'syncFirstLibraryKept' : 'syncFirstKept')}</p>
        </>
      )}
    </FormDialog>
  );
};
