import { CircleCheck, GitMerge, TriangleAlert } from 'lucide-react';
import type { SyncDocument, SyncResolved } from '../../../shared/model/sync';
import { pathText } from '../../stores/sync-words';
import { useText, type TextKey } from '../../stores/text';
import { Badge, Busy } from '../../ui/bits';
import { OlderQuestion } from './older-question';
import { shortId } from './device-words';
import { ReadFailed } from './read-failed';
import { useRead } from './use-read';

const choices: Readonly<Record<string, TextKey>> = { mine: 'syncChoiceMine', theirs: 'syncChoiceTheirs', base: 'syncChoiceBase', both: 'syncChoiceBoth', edited: 'syncChoiceEdited', file: 'syncChoiceFile', keep_local: 'syncChoiceSent', keep_remote: 'syncChoiceThere', custom: 'syncChoiceEdited' };

/** The side that was taken has nothing there. */
const isDeletion = ({ where, choice, result }: SyncResolved): boolean => where === 'here' && result === null && (choice === 'mine' || choice === 'theirs' || choice === 'base');

const ResolvedRow = ({ one, nameOf }: { readonly one: SyncResolved; readonly nameOf: (deviceId: string, lastKnown?: string | null) => string }) => {
  const text = useText();
  const { t } = text;
  const choice = one.choice === null ? null : choices[one.choice];
  const who = one.where === 'here' ? t('syncResolvedHere') : one.deviceId === null ? t('syncResolvedHost') : t('syncResolvedBy', { who: nameOf(one.deviceId) });
  const when = one.at === null ? null : text.moment(one.at);
  const facts = [who, when, one.otherDeviceId === null ? null : t('syncResolvedAgainst', { who: nameOf(one.otherDeviceId, one.otherDeviceName) }), one.version === null ? null : t('syncVersionShort', { version: one.version })];
  return (
    <li className="flex gap-3 border-t border-line px-4 py-2.5 first:border-t-0">
      <GitMerge size={16} strokeWidth={1.5} aria-hidden className="mt-0.5 shrink-0 text-text-2" />
      <div className="said min-w-0 flex-1">
        <p className="flex flex-wrap gap-x-2">
          {one.path === null ? null : (
            <span>
              <span className="font-medium">{pathText(one.path, text)}</span>
              {t('syncResolvedColon')}
            </span>
          )}
          <span>{choice === undefined || choice === null ? one.choice : t(choice)}</span>
          {one.takenBack === null ? null : <Badge tone="warn">{t('syncResolvedTakenBack', { when: text.moment(one.takenBack) })}</Badge>}
        </p>
        <p className="num text-small text-text-2">
          {facts.filter((fact) => fact !== null).join(' · ')}
        </p>
        {one.result === null && !isDeletion(one) ? null : (
          <p className={`mt-0.5 max-h-16 overflow-hidden break-all font-mono text-small ${one.takenBack === null ? '' : 'text-text-2 line-through'}`}>
            <span className="mr-2 font-sans text-text-2">{t('syncResolvedResult')}</span>
            {one.result ?? <span className="font-sans">{t('syncResolvedDeleted')}</span>}
          </p>
        )}
      </div>
    </li>
  );
};

/** Whether something waits for a person, and how much; the bar above leads to it. */
const OpenLine = ({ document }: { readonly document: SyncDocument }) => {
  const { t, number } = useText();
  if (document.state === 'server-older') return <OlderQuestion document={document} />;
  const { conflicts } = document;
  return (
    <p className="flex items-center gap-2 text-text-2">
      {conflicts > 0 ? <TriangleAlert size={16} aria-hidden className="text-warn" /> : <CircleCheck size={16} aria-hidden className="text-ok" />}
      {conflicts > 0 ? t('syncUndecided', { count: conflicts, formatted: number(conflicts) }) : t('syncNoOpen')}
    </p>
  );
};

/** What waits for a person, and what was settled: by whom, when and how. */
export const ConflictsTab = ({ document }: { readonly document: SyncDocument }) => {
  const { t } = useText();
  const { account, fileKey } = document;
  const mark = `${String(document.lastSync)} ${String(document.conflicts)} ${String(document.canTakeBack)}`;
  const { read, again } = useRead('sync:resolved', { account, fileKey }, mark);
  const devices = useRead('sync:devices', { account, fileKey }, mark).read;
  const nameOf = (deviceId: string, lastKnown: string | null = null): string => {
    const known = devices.at === 'read' ? devices.value.devices.find((one) => one.deviceId === deviceId) : undefined;
    return known?.isThis === true ? t('syncThisDevice') : (known?.name ?? lastKnown ?? t('syncDeviceId', { id: shortId(deviceId) }));
  };
  return (
    <div role="region" aria-label={t('syncTabConflicts')} tabIndex={0} className="h-full overflow-y-auto focus-visible:-outline-offset-2">
      <div className="mx-auto flex max-w-200 flex-col gap-3 p-4">
        <OpenLine document={document} />
        <h2 className="font-semibold">{t('syncResolvedTitle')}</h2>
        {read.at === 'reading' ? (
          <div className="late">
            <Busy text={t('syncResolvedReading')} />
          </div>
        ) : read.at === 'failed' ? (
          <ReadFailed before={t('syncResolvedFailed')} problem={read.problem} onAgain={again} />
        ) : (
          <>
            {read.value.problem === null ? null : <ReadFailed before={t(read.value.rows.length === 0 ? 'syncResolvedFailed' : 'syncResolvedOnlyHere')} problem={read.value.problem} onAgain={again} />}
            {read.value.rows.length > 0 ? (
              <ul aria-label={t('syncResolvedTitle')} className="rounded-m border border-line bg-surface">
                {read.value.rows.map((one) => (
                  <ResolvedRow key={`${one.where} ${one.id}`} one={one} nameOf={nameOf} />
                ))}
              </ul>
            ) : read.value.problem === null ? (
              <p className="text-text-2">{t('syncResolvedNone')}</p>
            ) : null}
          </>
        )}
      </div>
    </div>
  );
};
