import { ArrowLeft, CircleAlert, Split, TriangleAlert, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SyncDocument } from '../../../shared/model/sync';
import { accountOf, documentName, nameOf, wrongWords } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useAccounts, useApp } from '../../stores/use-app';
import type { SyncPlace } from '../../stores/ui-store';
import { useTakeBack } from '../../stores/use-take-back';
import { Bar, type Tone } from '../../ui/bits';
import { Button, IconButton } from '../../ui/button';
import { TopTabs } from '../../ui/tabs';
import { ConflictsTab } from './conflicts-tab';
import { DevicesTab } from './devices-tab';
import { DocumentMenu } from './document-menu';
import { NextStep } from './next-step';
import { NoteLine } from './note-line';
import { StateBadge } from './state-badge';
import { useDocumentActions } from './use-document-actions';
import { useMinute } from './use-minute';
import { VersionsTab } from './versions-tab';

type Tab = Extract<SyncPlace, { readonly tab: string }>['tab'];
type PageProps = { readonly document: SyncDocument; readonly tab: Tab; readonly onBegin: (document: SyncDocument) => void };

const bars = (document: SyncDocument): { readonly tone: Tone; readonly icon: ReactNode; readonly text: 'syncConflictText' | 'syncOlderText' | 'syncFirstText' } | null => {
  if (document.state === 'conflict') return { tone: 'warn', icon: <TriangleAlert size={16} aria-hidden />, text: 'syncConflictText' };
  if (document.state === 'server-older') return { tone: 'danger', icon: <CircleAlert size={16} aria-hidden />, text: 'syncOlderText' };
  if (document.state === 'first-choice') return { tone: 'warn', icon: <Split size={16} aria-hidden />, text: 'syncFirstText' };
  return null;
};

/** What stands in the way, with what to do next. */
const StandingBar = ({ document, tab, onBegin }: PageProps) => {
  const text = useText();
  const { t, number } = text;
  const actions = useDocumentActions();
  const now = useMinute();
  const bar = bars(document);
  // The question stands below already.
  const step = document.state === 'server-older' && tab === 'conflicts' ? null : <NextStep document={document} actions={actions} onBegin={onBegin} onResolve={(one) => actions.open(one, 'conflicts')} />;
  if (bar !== null)
    return (
      <Bar tone={bar.tone} icon={bar.icon} actions={step}>
        {t(bar.text, { count: document.conflicts, formatted: number(document.conflicts) })}
      </Bar>
    );
  const wrong = wrongWords(document.problem === null ? document : { ...document, problem: { ...document.problem, detail: null } }, now, text);
  if (document.problem === null || wrong === null) return null;
  return (
    <Bar tone={document.state === 'failed' ? 'danger' : 'warn'} icon={<CircleAlert size={16} aria-hidden />} actions={step}>
      {wrong}
      {document.problem.detail === null ? null : <code className="block font-mono text-small text-text-2">{document.problem.detail}</code>}
    </Bar>
  );
};

/** What was decided, restored or put back is not at the host: it can be taken back for as long. */
const HeldBack = ({ document }: { readonly document: SyncDocument }) => {
  const text = useText();
  const { t } = text;
  const takeBack = useTakeBack();
  return (
    <div className="shrink-0 px-4 pt-2">
      <Bar
        tone="neutral"
        icon={<Undo2 size={16} aria-hidden />}
        actions={
          <Button size="s" onClick={() => void takeBack(nameOf(document), documentName(document, text))}>
            {t('syncRemovedUndo')}
          </Button>
        }
      >
        {t(document.heldDecision === true ? 'syncHeldBackDecided' : 'syncHeldBack')}
      </Bar>
    </div>
  );
};

/** One document: how it stands, and its versions, devices and conflicts. */
export const DocumentPage = ({ document, tab, onBegin }: PageProps) => {
  const text = useText();
  const { t, number } = text;
  const { ui } = useApp();
  const accounts = useAccounts();
  const actions = useDocumentActions();
  const name = documentName(document, text);
  const account = accountOf(document, accounts, text);
  const tabs = [
    { value: 'versions', label: t('syncTabVersions') },
    { value: 'devices', label: t('syncTabDevices') },
    { value: 'conflicts', label: document.conflicts > 0 ? t('syncTabConflictsOpen', { formatted: number(document.conflicts) }) : t('syncTabConflicts') },
  ] as const;
  return (
    <section aria-label={name} className="@container flex h-full min-h-0 min-w-0 flex-col">
      <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
        <IconButton label={t('syncBack')} onClick={() => ui.setState({ syncPlace: { document: null } })}>
          <ArrowLeft size={16} aria-hidden />
        </IconButton>
        <div className="min-w-0 flex-1 basis-48">
          <div className="flex min-w-0 items-center gap-2">
            <h1 tabIndex={-1} className="truncate text-lead font-semibold outline-none" title={name}>
              {name}
            </h1>
            <StateBadge document={document} />
          </div>
          <p className="truncate text-small text-text-2" title={document.kind === 'file' ? document.path : undefined}>
            {t('syncAtAccount', { name: account })}
            {document.kind === 'file' ? ` · ${document.path}` : ''}
          </p>
        </div>
        <span className="order-last @max-[700px]:order-none">
          <DocumentMenu document={document} actions={actions} />
        </span>
        <NoteLine document={document} />
      </header>
      <div className="flex shrink-0 flex-col gap-2 px-4 pt-2 empty:hidden">
        <StandingBar document={document} tab={tab} onBegin={onBegin} />
        {document.folded === true ? (
          <Bar tone="warn" icon={<TriangleAlert size={16} aria-hidden />} actions={null}>
            {t('syncFolded', { host: account })}
          </Bar>
        ) : null}
      </div>
      {document.canTakeBack && !document.running ? <HeldBack document={document} /> : null}
      <TopTabs label={t('syncTabs')} value={tab} tabs={tabs} onChange={(next) => ui.setState({ syncPlace: { document: nameOf(document), tab: next } })}>
        {tab === 'versions' ? <VersionsTab document={document} /> : tab === 'devices' ? <DevicesTab document={document} /> : <ConflictsTab document={document} />}
      </TopTabs>
    </section>
  );
};
