import { useState } from 'react';
import type { SyncDocument, SyncFirstRun } from '../../../shared/model/sync';
import { useSay } from '../../stores/said';
import { accountOf, documentId, documentName, nameOf, stateWords } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccounts } from '../../stores/use-app';
import { useTakeBack } from '../../stores/use-take-back';
import { Busy } from '../../ui/bits';
import { Button } from '../../ui/button';
import { ChangesView } from './changes-view';
import { ReadFailed } from './read-failed';
import { SideFacts } from './side-facts';
import { useMaker } from './use-maker';
import { useRead } from './use-read';

/** The list of differences is as long as they are, up to this. */
const [ROW_PX, MOST_PX] = [72, 224];

type SidesProps = { readonly document: SyncDocument; readonly there: SyncFirstRun['there'] };

/** What each side has: how far this device had come, and what is left at the host. */
const Sides = ({ document, there }: SidesProps) => {
  const text = useText();
  const { t, number, moment } = text;
  const maker = useMaker(document, there?.deviceId ?? null);
  const { version, waiting } = document;
  const here = [version === null ? null : t('syncOlderAgreed', { version }), waiting > 0 ? t('syncFileNowWaiting', { count: waiting, formatted: number(waiting) }) : null];
  const host = there === null ? [t('syncOlderNothing')] : [there.createdAt === null ? t('syncVersionNumber', { version: there.version }) : t('syncFirstVersion', { version: there.version, time: moment(there.createdAt) }), maker === null ? null : t('syncFirstMaker', { name: maker })];
  return (
    <div className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
      <SideFacts title={t('syncFirstHere')} lines={here.filter((line) => line !== null)} />
      <SideFacts title={t('syncFirstThere', { name: accountOf(document, useAccounts(), text) })} lines={host.filter((line) => line !== null)} />
    </div>
  );
};

/** Where the file and the host's version differ. */
const Differences = ({ document, version }: { readonly document: SyncDocument; readonly version: number }) => {
  const { t, number } = useText();
  const { read } = useRead('sync:diff', { document: nameOf(document), before: 'file', after: version, offset: 0, limit: 1 }, document.waiting);
  const [open, setOpen] = useState(false);
  if (read.at !== 'read') return null;
  const { total } = read.value;
  if (total === 0) return <p className="border-t border-line px-4 py-2 text-text-2">{t('syncOlderSame')}</p>;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="border-t border-line">
      <summary className="said px-4 py-2">{t('syncOlderDiffer', { count: total, formatted: number(total) })}</summary>
      <div className="border-t border-line" style={{ height: Math.min(MOST_PX, total * ROW_PX) }}>{open ? <ChangesView key={document.waiting} document={nameOf(document)} before="file" after={version} /> : null}</div>
    </details>
  );
};

/** The host has older data than this computer: what each side has, and which of the two is right. */
export const OlderQuestion = ({ document }: { readonly document: SyncDocument }) => {
  const text = useText();
  const { t } = text;
  const call = useCall();
  const say = useSay();
  const takeBack = useTakeBack();
  const { read, again } = useRead('sync:first-run', { document: nameOf(document) }, `${String(document.lastSync)} ${String(document.running)}`);
  const [busy, setBusy] = useState(false);
  const name = documentName(document, text);
  const answer = async (keep: 'mine' | 'theirs'): Promise<void> => {
    setBusy(true);
    const settled = await call('sync:settle-older', { document: nameOf(document), keep });
    setBusy(false);
    if (settled === undefined) return again();
    const undo = { label: { key: 'syncRemovedUndo' }, onPress: () => void takeBack(nameOf(document), name) } as const;
    if (!settled.asked) say({ title: { key: 'syncOlderNotAsked', params: { name, state: stateWords(settled.document, text) } } });
    else if (keep === 'mine') say({ title: settled.document.state === 'up-to-date' ? { key: 'syncOlderMineDone', params: { version: settled.document.version ?? 0 } } : { key: 'syncOlderMineWaits' } });
    else say({ title: { key: 'syncOlderTheirsDone', params: { version: settled.document.version ?? 0 } }, action: undo, about: documentId(document) });
  };
  const choice = (keep: 'mine' | 'theirs', label: string, help: string, look: 'primary' | 'plain') => (
    <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3">
      <p className="said min-w-0 flex-1 basis-56 text-text-2">{help}</p>
      <Button look={look} disabled={busy} onClick={() => void answer(keep)}>
        {label}
      </Button>
    </div>
  );
  const there = read.at === 'read' ? read.value.there : null;
  return (
    <section aria-label={t('syncOlderQuestion')} className="rounded-m border border-line bg-surface">
      <h2 className="px-4 py-3 font-semibold">{t('syncOlderQuestion')}</h2>
      {read.at === 'reading' ? (
        <div className="late border-t border-line px-4 py-3">
          <Busy text={t('syncFirstReading')} />
        </div>
      ) : read.at === 'failed' ? (
        <div className="border-t border-line px-4 py-3">
          <ReadFailed before={t('syncFirstFailed')} problem={read.problem} onAgain={again} />
        </div>
      ) : (
        <>
          <Sides document={document} there={there} />
          {there === null ? null : <Differences key={there.version} document={document} version={there.version} />}
          {choice('mine', t('syncOlderMine'), t('syncOlderMineHelp'), 'primary')}
          {there === null ? <p className="said border-t border-line px-4 py-3 text-text-2">{t('syncOlderNothingHelp')}</p> : choice('theirs', t('syncOlderTheirs'), t('syncOlderTheirsHelp'), 'plain')}
        </>
      )}
    </section>
  );
};
