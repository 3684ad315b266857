import { FileText } from 'lucide-react';
import type { LeftText } from '../../../shared/model/resolver';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useAttempt } from '../../stores/use-actions';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { useResolver, useResolving } from './resolver-context';
import { placeText } from './words';

/** The text that a JSON text is; null where it is something else, or none. */
export const linesIn = (json: string): string | null => {
  if (!json.trimStart().startsWith('"')) return null;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
};

/** As a person typed it: several lines as such, everything else as JSON. */
const asTyped = (json: string): string => ((plain) => (plain?.includes('\n') === true ? plain : json))(linesIn(json));

/** What can be done with what was typed at a closed place. */
export const LeftActions = ({ path, typed }: { readonly path: LeftText['path']; readonly typed: string }) => {
  const { t } = useText();
  const resolver = useResolver();
  const attempt = useAttempt();
  const say = useSay();
  const copy = async (): Promise<void> => {
    if (await attempt('clipboard:copy-text', { text: asTyped(typed) })) say({ title: { key: 'copiedDetail' } });
  };
  return (
    <>
      <Button size="s" onClick={() => void copy()}>
        {t('resolverLeftCopy')}
      </Button>
      <Button size="s" onClick={() => resolver.discardLeft(path)}>
        {t('resolverLeftDiscard')}
      </Button>
    </>
  );
};

/** What was typed at places that are closed. */
export const LeftBars = () => {
  const text = useText();
  const left = useResolving((state) => state.left);
  return left.map(({ path, text: typed }) => (
    <Bar key={JSON.stringify(path)} tone="warn" icon={<FileText size={16} aria-hidden />} actions={<LeftActions path={path} typed={typed} />}>
      <span className="block">{text.t('resolverLeftText', { path: placeText(path, text) })}</span>
      <span className="block max-h-24 overflow-y-auto font-mono whitespace-pre-wrap break-words" data-testid="left-text">
        {asTyped(typed)}
      </span>
    </Bar>
  ));
};
