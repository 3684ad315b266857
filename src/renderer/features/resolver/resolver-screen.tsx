import { CircleCheck, Unplug } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { DocumentRef } from '../../../shared/model/resolver';
import { ADVANCE_MS } from '../../stores/resolver-advance';
import { ResolverStore } from '../../stores/resolver-store';
import { useSay } from '../../stores/said';
import { documentId, documentName, sameDocument } from '../../stores/sync-words';
import { useText, type TextKey } from '../../stores/text';
import { useTell } from '../../stores/use-actions';
import { useApp, useSync, useUi } from '../../stores/use-app';
import { useTakeBack } from '../../stores/use-take-back';
import { Busy, EmptyState } from '../../ui/bits';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { useMedia } from '../../ui/use-media';
import { HeadActions } from './head-actions';
import { LeftBars } from './left-bars';
import { ReplaceQuestion } from './replace-question';
import { ResolverContext, useResolver, useResolving } from './resolver-context';
import { ResolverKeys } from './resolver-keys';
import { ResolverAnnouncer, StatusBars, StatusLine } from './status-line';
import { useResolverKeys, type ScreenActs } from './use-resolver-keys';
import { WorkArea } from './work-area';

/** Narrower windows have one column, shorter heads, and scroll as a whole. */
const ROOMY = '(min-width: 820px)';

const after = (ms: number, act: () => void): (() => void) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

type Away = () => void;

/** Leads back to the document that the conflicts belong to. */
const useAway = (): Away => {
  const { ui } = useApp();
  return useCallback(() => {
    const { resolving } = ui.getState();
    ui.setState({ route: 'sync', resolving: null, syncPlace: resolving === null ? { document: null } : { document: resolving, tab: 'conflicts' } });
  }, [ui]);
};

/** Applies, and offers the way back from it. */
const useApply = (away: Away, name: string): { readonly applying: boolean; readonly apply: () => void } => {
  const resolver = useResolver();
  const say = useSay();
  const takeBack = useTakeBack();
  const [applying, setApplying] = useState(false);
  const busy = useRef(false);
  const apply = useCallback(() => {
    const { view } = resolver.store.getState();
    if (busy.current || view === null) return;
    const { document } = view;
    busy.current = true;
    setApplying(true);
    void resolver.apply().then((taken) => {
      busy.current = false;
      setApplying(false);
      if (!taken) return;
      say({ title: { key: 'resolverApplied', params: { name } }, action: { label: { key: 'resolverUndo' }, onPress: () => void takeBack(document, name) }, about: documentId(document) });
      away();
    });
  }, [resolver, say, takeBack, away, name]);
  return { applying, apply };
};

/** The resolver while it is open. */
const Working = ({ away }: { readonly away: Away }) => {
  const text = useText();
  const { t } = text;
  const resolver = useResolver();
  const view = useResolving((state) => state.view);
  const hasLeft = useResolving((state) => state.left.length > 0);
  const document = useSync(({ documents }) => documents.find((one) => view !== null && sameDocument(one, view.document)));
  const name = document === undefined ? (view?.document.fileKey ?? '') : documentName(document, text);
  const { applying, apply } = useApply(away, name);
  const [asking, setAsking] = useState<'none' | 'later' | 'keys' | 'mine' | 'theirs'>('none');
  const nothing = useCallback(() => setAsking('none'), []);
  const acts = useMemo<ScreenActs>(
    () => ({
      apply,
      keys: () => setAsking('keys'),
      filter: () => window.document.querySelector<HTMLInputElement>('#resolver-filter')?.select(),
      later: () => (resolver.store.getState().view?.touched === true || resolver.store.getState().left.length > 0 ? setAsking('later') : away()),
    }),
    [apply, away, resolver],
  );
  const roomy = useMedia(ROOMY);
  useResolverKeys(resolver, acts);
  if (view === null) return null;
  return (
    <Page title={roomy ? t('resolverTitle', { name }) : name} actions={<HeadActions view={view} acts={acts} applying={applying} roomy={roomy} onReplace={setAsking} />}>
      <div className={roomy ? 'flex h-full min-h-0 flex-col' : 'h-full overflow-y-auto'}>
        <StatusLine view={view} />
        <StatusBars view={view} />
        <WorkArea roomy={roomy} />
      </div>
      <ResolverAnnouncer />
      <ResolverKeys open={asking === 'keys'} onClose={nothing} />
      {asking === 'mine' || asking === 'theirs' ? <ReplaceQuestion side={asking} onClose={nothing} /> : null}
      <ConfirmDialog open={asking === 'later'} title={t('resolverLeaveTitle')} confirmLabel={t('resolverLeave')} cancelLabel={t('resolverStay')} onConfirm={away} onCancel={nothing}>
        {t(hasLeft ? 'resolverLeaveLeft' : 'resolverLeaveText')}
      </ConfirmDialog>
    </Page>
  );
};

type EndedProps = { readonly title: TextKey; readonly icon: ReactNode; readonly away: Away; readonly again?: () => void; readonly children: ReactNode };

/** The screen without its places. */
const Ended = ({ title, icon, away, again, children }: EndedProps) => {
  const { t } = useText();
  const left = useResolving((state) => state.left);
  const box = useRef<HTMLDivElement>(null);
  // What had the keyboard is gone with the places.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.querySelector<HTMLElement>('[data-ways] button')?.focus();
  }, []);
  return (
    <div ref={box} className="flex h-full flex-col gap-2 overflow-y-auto">
      {left.length === 0 ? null : (
        <div className="flex flex-col gap-2 p-3">
          <LeftBars />
        </div>
      )}
    <EmptyState
      icon={icon}
      title={t(title)}
      actions={
        <span data-ways className="contents">
          {again === undefined ? null : (
            <Button look="primary" onClick={again}>
              {t('resolverAgain')}
            </Button>
          )}
          <Button look={again === undefined ? 'primary' : 'plain'} onClick={away}>
            {t('resolverBack')}
          </Button>
        </span>
      }
    >
      {children}
    </EmptyState>
    </div>
  );
};

const done = <CircleCheck size={40} strokeWidth={1.25} aria-hidden />;
const broken = <Unplug size={40} strokeWidth={1.25} aria-hidden />;

const Phases = ({ away, again }: { readonly away: Away; readonly again: () => void }) => {
  const text = useText();
  const { t } = text;
  const phase = useResolving((state) => state.phase);
  switch (phase.at) {
    case 'opening':
      return (
        <div className="late flex h-full items-center justify-center">
          <Busy text={t('resolverOpening')} />
        </div>
      );
    case 'open':
      return <Working away={away} />;
    case 'nothing':
      return (
        <Ended title="resolverNothing" icon={done} away={away}>
          {t('resolverNothingText')}
        </Ended>
      );
    case 'over':
      return (
        <Ended title="resolverOver" icon={done} away={away}>
          {t('resolverOverText')}
        </Ended>
      );
    case 'broke':
      return (
        <Ended title="resolverBroke" icon={broken} away={away} again={again}>
          {t('resolverBrokeText')}
        </Ended>
      );
    case 'failed':
      return (
        <Ended title="resolverFailed" icon={broken} away={away} again={again}>
          {text.problem(phase.problem)}
        </Ended>
      );
  }
};

/** One opening of the resolver: its session begins and ends with it. */
const Opening = ({ document, away, again }: { readonly document: DocumentRef; readonly away: Away; readonly again: () => void }) => {
  const { client, settings } = useApp();
  const tell = useTell();
  const [resolver, setResolver] = useState<ResolverStore | null>(null);
  useEffect(() => {
    const opened = new ResolverStore({ client, document, tell, after, advanceAfter: () => (settings.getState().state.resolverLook.advance ? ADVANCE_MS : null) });
    setResolver(opened);
    void opened.open();
    return () => void opened.close();
  }, [client, document, tell, settings]);
  return resolver === null ? null : (
    <ResolverContext value={resolver}>
      <Phases away={away} again={again} />
    </ResolverContext>
  );
};

/** Where a person decides what clashes in a document. */
export const ResolverScreen = () => {
  const document = useUi((ui) => ui.resolving);
  const away = useAway();
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  useEffect(() => {
    if (document === null) away();
  }, [document, away]);
  return document === null ? null : <Opening key={turn} document={document} away={away} again={again} />;
};
