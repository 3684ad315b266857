import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ItemView } from '../../../shared/model/resolver';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { inputClass } from '../../ui/field';
import { useResolver, useResolving } from './resolver-context';
import { LeftActions, linesIn } from './left-bars';
import { faultWords, newerWords, placeText } from './words';

type EditText = { readonly place: string; readonly text: string | 'too-long'; /** As the person typed it, maybe before it could be read. */ readonly typed: boolean };

/**
 * The text that is edited: null while it is read, `too-long` where a place cannot be edited here. It is that of the place, whatever
 * becomes of its values meanwhile.
 */
const useEditText = (item: ItemView, place: string): readonly [read: EditText | null, setText: (text: string) => void] => {
  const { client } = useApp();
  const session = useResolving((state) => state.view?.session) ?? '';
  const [read, setRead] = useState<EditText | null>(null);
  const id = useRef(item.id);
  id.current = item.id;
  useEffect(() => {
    let here = true;
    void client.call('resolver:edit-text', { session, id: id.current, lines: false }).then((found) => {
      const next: EditText = { place, text: found === null ? 'too-long' : found.text, typed: false };
      if (here) setRead((known) => (known?.place === place && next.text !== 'too-long' ? known : next));
    });
    return () => {
      here = false;
    };
  }, [client, session, place]);
  return [read?.place === place ? read : null, (text) => setRead({ place, text, typed: true })];
};

type SaidProps = { readonly item: ItemView; readonly fault: ItemView['fault']; readonly asLines: boolean; /** It would be a text in quotes. */ readonly isBareText: boolean };

/** What came meanwhile, and whether what is typed can be used. */
const Said = ({ item, fault, asLines, isBareText }: SaidProps) => {
  const text = useText();
  const { t } = text;
  const gone = useResolving((state) => state.gone);
  const news = [...item.newer.map((one) => newerWords(one, text)), ...(item.draft === null ? [] : [t('resolverEditDraft')])];
  return (
    <>
      <p aria-live="polite" className={`said text-small text-warn ${gone || news.length > 0 ? '' : 'sr-only'}`} data-testid="edit-newer">
        {gone ? t('resolverEditGone') : news.join(t('resolverSpace'))}
      </p>
      <p id="resolver-edit-said" aria-live="polite" className={`said flex items-start gap-1.5 text-small ${fault === null ? 'text-ok' : 'text-danger'}`}>
        {fault === null ? <CircleCheck size={14} aria-hidden className="mt-px shrink-0" /> : <TriangleAlert size={14} aria-hidden className="mt-px shrink-0" />}
        {fault === null ? t(asLines ? 'resolverEditOkLines' : 'resolverEditOk') : t('resolverEditFault', { fault: faultWords(fault, text) })}
        {isBareText ? `${t('resolverSpace')}${t('resolverEditQuotes')}` : ''}
      </p>
    </>
  );
};

/** Another value for a place, as JSON: read and checked while it is typed, and a part of the result at once. */
export const EditBox = ({ item }: { readonly item: ItemView }) => {
  const text = useText();
  const { t } = text;
  const { client } = useApp();
  const resolver = useResolver();
  const session = useResolving((state) => state.view?.session) ?? '';
  const gone = useResolving((state) => state.gone);
  const place = JSON.stringify(item.path);
  const [read, setTyped] = useEditText(item, place);
  const [lines, setLines] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const byButton = opener instanceof HTMLElement && opener.dataset['edit'] !== undefined;
    const here = box.current;
    here?.scrollIntoView({ block: 'nearest' });
    // The keyboard goes back to where it came from, unless it went elsewhere meanwhile.
    return () => {
      if (here?.contains(document.activeElement) !== true) return;
      // The button is seen again once the field is gone.
      if (byButton) return queueMicrotask(() => document.querySelector<HTMLElement>('[data-edit]')?.focus({ preventScroll: true }));
      const back = opener instanceof HTMLElement && opener !== document.body && opener.isConnected ? opener : document.querySelector<HTMLElement>('[data-place][tabindex="0"]');
      back?.focus({ preventScroll: true });
    };
  }, []);
  const [ready, typed] = [read !== null, read?.typed === true];
  // The field takes the keys in the moment in which it opens: no letter may act as a command in between.
  useLayoutEffect(() => {
    field.current?.focus();
    if (!typed) field.current?.select();
  }, [ready, typed, place]);
  if (read?.text === 'too-long') {
    return (
      <div ref={box} className="flex flex-col items-start gap-2">
        <p className="text-text-2">{t('resolverEditTooLong')}</p>
        <Button size="s" onClick={() => resolver.edit(false)}>
          {t('resolverEditDone')}
        </Button>
      </div>
    );
  }
  const write = (next: string): void => {
    setTyped(next);
    resolver.type(next);
  };
  const plain = read === null ? null : linesIn(read.text);
  // A text of several lines is edited as such, unless JSON was typed; one that was opened as lines stays so.
  const asLines = plain !== null && (lines === place || (!typed && plain.includes('\n')));
  if (asLines && lines !== place) setLines(place);
  const fault = item.draft === null ? item.fault : item.draft.fault;
  // What begins like a list, an object or a text in quotes is JSON that went wrong.
  const bare = read?.text.trim() ?? '';
  const isBareText = !gone && fault?.code === 'not-json' && /^[^{["]/.test(bare);
  return (
    <div ref={box} className="flex h-full flex-col gap-1.5">
      <textarea
        ref={field}
        value={asLines ? plain : (read?.text ?? '')}
        aria-busy={!ready}
        aria-label={t(asLines ? 'resolverEditLabelLines' : 'resolverEditLabel', { path: placeText(item.path, text) })}
        aria-invalid={fault !== null}
        aria-describedby="resolver-edit-said"
        spellCheck={false}
        onChange={(event) => write(asLines ? JSON.stringify(event.target.value) : event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Enter') resolver.done();
          else resolver.setAside();
        }}
        className={`${inputClass} !h-auto min-h-36 flex-1 resize-none py-1.5 font-mono`}
      />
      <Said item={item} fault={fault} asLines={asLines} isBareText={isBareText} />
      <div className="flex flex-wrap gap-1.5">
        {gone ? (
          <LeftActions path={item.path} typed={read?.text ?? ''} />
        ) : (
          <>
            <Button size="s" look="primary" onClick={() => resolver.done()}>
              {t('resolverEditDone')}
            </Button>
            <Button size="s" onClick={() => resolver.choose(null)}>
              {t('resolverReset')}
            </Button>
          </>
        )}
        {isBareText ? (
          <Button size="s" onClick={() => write(JSON.stringify(bare))}>
            {t('resolverEditAsText')}
          </Button>
        ) : null}
        {item.longText && !gone ? (
          <Button size="s" look="quiet" onClick={() => void client.call('resolver:edit-text', { session, id: item.id, lines: true }).then((found) => (found === null ? undefined : write(found.text)))}>
            {t('resolverEditLines')}
          </Button>
        ) : null}
      </div>
    </div>
  );
};
