import { CircleAlert, CircleCheck, CircleHelp, RefreshCw, Replace } from 'lucide-react';
import { assertNever } from '../../../shared/assert-never';
import type { ResolverView } from '../../../shared/model/resolver';
import type { Heard } from '../../stores/resolver-state';
import { useText, type Text } from '../../stores/text';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { useResolver, useResolving } from './resolver-context';
import { LeftBars } from './left-bars';
import { blockedWords, countWords, faultWords, incomingWords, leftWords, placeText, stateKeys } from './words';

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
  const text = useText();
  const { t } = text;
  const resolver = useResolver();
  const { incoming, whole } = view;
  const left = useResolving((state) => state.left);
  const refused = useResolving(({ heard }) => heard?.kind === 'replaced');
  return (
    <div className={incoming === null && whole === null && left.length === 0 ? '' : 'flex flex-col gap-2 px-3 pt-3'}>
      <div role="status" className={incoming === null ? 'sr-only' : ''}>
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
            {[t('resolverIncoming', { who: incoming.device ?? t('resolverIncomingSomebody') }), ...incomingWords(incoming, text)].join(t('resolverSpace'))}
          </Bar>
        )}
      </div>
      <LeftBars />
      {whole === null ? null : (
        <Bar
          tone="danger"
          icon={<Replace size={16} aria-hidden />}
          actions={
            <Button size="s" onClick={() => resolver.replace(null)}>
              {t('resolverReplaceEnd')}
            </Button>
          }
        >
          {t(whole === 'mine' ? 'resolverWholeMine' : 'resolverWholeTheirs')}
          {refused ? <strong className="block">{t('resolverReplacedRefused')}</strong> : null}
        </Bar>
      )}
    </div>
  );
};

const heardWords = (heard: Heard, text: Text): string => {
  const { t } = text;
  switch (heard.kind) {
    case 'decided':
      return t('resolverHeard', { path: placeText(heard.item.path, text), state: t(stateKeys[heard.item.state]), left: leftWords(heard.left, text) });
    case 'no-both':
      return t('resolverNoBoth', { path: placeText(heard.item.path, text) });
    case 'no-base':
      return t('resolverNoBase', { path: placeText(heard.item.path, text) });
    case 'blocked':
      return t('resolverHeardBlocked', { why: blockedWords(heard.blocked, text) });
    case 'left':
      return t('resolverHeardBlocked', { why: t('resolverLeftFirst') });
    case 'replaced':
      return `${t(heard.side === 'mine' ? 'resolverWholeMine' : 'resolverWholeTheirs')}${t('resolverSpace')}${t('resolverReplacedRefused')}`;
    case 'set-aside':
      return t('resolverHeardAside', { path: placeText(heard.item.path, text), state: t(stateKeys[heard.item.state]) });
    case 'fault':
      return t('resolverEditFault', { fault: faultWords(heard.fault, text) });
    case 'undone':
      return t('resolverHeardUndone', { left: leftWords(heard.left, text) });
    case 'redone':
      return t('resolverHeardRedone', { left: leftWords(heard.left, text) });
    default:
      return assertNever(heard);
  }
};

/** Tells assistive technology what a key has done. */
export const ResolverAnnouncer = () => {
  const text = useText();
  const heard = useResolving((state) => state.heard);
  const words = heard === null ? '' : heardWords(heard, text);
  return (
    <div role="status" aria-live="polite" className="sr-only" data-testid="resolver-heard">
      {words}
    </div>
  );
};
