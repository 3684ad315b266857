import { CircleAlert, CircleCheck, CircleHelp, RefreshCw, Replace } from 'lucide-react';
import type { ResolverView } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { useResolver, useResolving } from './resolver-context';
import { blockedWords, countWords, leftWords, placeText, stateKeys } from './words';

/** How far it is, and why it cannot be applied yet; pressing the reason leads to its place. */
export const StatusLine = ({ view }: { readonly view: ResolverView }) => {
  const text = useText();
  const resolver = useResolver();
  const { blocked } = view;
  const why = blocked === null ? text.t('resolverValid') : blockedWords(blocked, text);
  const place = blocked !== null && 'id' in blocked ? blocked.id : null;
  const said = (
    <span id="resolver-valid" className="said">
      {why}
    </span>
  );
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-4 py-1">
      <span className="num text-text-2">{countWords(view, text).join(' · ')}</span>
      <span className="ml-auto flex min-w-0 items-center gap-1.5" data-testid="validity">
        {blocked === null ? <CircleCheck size={14} aria-hidden className="shrink-0 text-ok" /> : blocked.code === 'open' ? <CircleHelp size={14} aria-hidden className="shrink-0 text-warn" /> : <CircleAlert size={14} aria-hidden className="shrink-0 text-danger" />}
        {place === null ? (
          said
        ) : (
          <button type="button" className="min-h-6 rounded-s text-left underline decoration-dotted underline-offset-2 hover:text-text" onClick={() => resolver.select(place)}>
            {said}
          </button>
        )}
      </span>
    </div>
  );
};

/** What came from elsewhere while the person was deciding, and that single choices do not count just now. */
export const StatusBars = ({ view }: { readonly view: ResolverView }) => {
  const { t, number } = useText();
  const resolver = useResolver();
  const { incoming, whole } = view;
  if (incoming === null && whole === null) return null;
  return (
    <div className="flex flex-col gap-2 px-3 pt-3">
      {incoming === null ? null : (
        <Bar
          tone="warn"
          icon={<RefreshCw size={16} aria-hidden />}
          actions={
            <Button size="s" onClick={() => resolver.seen()}>
              {t('resolverIncomingSeen')}
            </Button>
          }
        >
          {t('resolverIncoming', {
            who: incoming.device ?? t('resolverIncomingSomebody'),
            kept: t('resolverIncomingKept', { count: incoming.kept, formatted: number(incoming.kept), closed: number(incoming.closed), added: number(incoming.added) }),
          })}
        </Bar>
      )}
      {whole === null ? null : (
        <Bar
          tone="danger"
          icon={<Replace size={16} aria-hidden />}
          actions={
            <Button size="s" onClick={() => resolver.step('undo')}>
              {t('resolverUndo')}
            </Button>
          }
        >
          {t(whole === 'mine' ? 'resolverWholeMine' : 'resolverWholeTheirs')}
        </Bar>
      )}
    </div>
  );
};

/** Tells assistive technology what a key has done. */
export const ResolverAnnouncer = () => {
  const text = useText();
  const { t } = text;
  const heard = useResolving((state) => state.heard);
  const words =
    heard === null
      ? ''
      : heard.kind === 'decided'
        ? t('resolverHeard', { path: placeText(heard.item.path, text), state: t(stateKeys[heard.item.state]), left: leftWords(heard.left, text) })
        : heard.kind === 'no-both'
          ? t('resolverNoBoth', { path: placeText(heard.item.path, text) })
          : heard.kind === 'blocked'
          ? t('resolverHeardBlocked', { why: blockedWords(heard.blocked, text) })
          : t(heard.kind === 'undone' ? 'resolverHeardUndone' : 'resolverHeardRedone', { left: leftWords(heard.left, text) });
  return (
    <div role="status" aria-live="polite" className="sr-only" data-testid="resolver-heard">
      {words}
    </div>
  );
};
