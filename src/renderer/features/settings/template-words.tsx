import { useRef, type ReactNode, type RefObject } from 'react';
import { assertNever } from '../../../shared/assert-never';
import { mostDigits } from '../../../shared/templates/name-template';
import type { TemplateFault } from '../../../shared/templates/parse-template';
import { useText, type Text } from '../../stores/text';
import { Tooltip } from '../../ui/tooltip';

export const braced = (name: string): string => `{${name}}`;

/** The sentence for a template that cannot be read; `lengths` is the one about a number of digits, with examples. */
export const faultText = ({ type, text, near }: Omit<TemplateFault<string>, 'at'>, lengths: 'linksBadLength' | 'namesBadLength', t: Text['t']): string => {
  switch (type) {
    case 'unknown-placeholder':
      return near === null ? t('linksUnknownPlaceholder', { text }) : t('linksNearest', { text, near: braced(near) });
    case 'no-argument':
      return t('linksNoArgument', { text, near: braced(near ?? '') });
    case 'bad-date':
      return t('linksBadDate', { text });
    case 'bad-length':
      return t(lengths, { text, most: mostDigits(near) ?? '' });
    case 'unclosed-brace':
      return t('linksUnclosedBrace');
    default:
      return assertNever(type);
  }
};

type TemplateWordsProps<P extends string> = {
  readonly label: string;
  readonly names: readonly P[];
  readonly meaning: (name: P) => string;
  readonly onInsert: (name: P) => void;
};

/** What can be filled into a template, each at the press of a button. */
export const TemplateWords = <P extends string>({ label, names, meaning, onInsert }: TemplateWordsProps<P>): ReactNode => {
  const { t } = useText();
  return (
    <div role="group" aria-label={label} className="flex flex-wrap gap-1">
      {names.map((name) => (
        <Tooltip key={name} text={meaning(name)}>
          <button
            type="button"
            aria-label={t('linksInsert', { text: braced(name), meaning: meaning(name) })}
            onClick={() => onInsert(name)}
            className="h-6 rounded-s border border-line bg-surface px-1.5 font-mono text-small text-text-2 transition-colors duration-100 hover:bg-hover hover:text-text"
          >
            {braced(name)}
          </button>
        </Tooltip>
      ))}
    </div>
  );
};

/** Puts a placeholder where the caret of the field in `box` stands; `take` gets the whole text. */
export const useInsert = (draft: string, take: (next: string) => void): { readonly box: RefObject<HTMLDivElement | null>; readonly insert: (name: string) => void } => {
  const box = useRef<HTMLDivElement>(null);
  const insert = (name: string): void => {
    const field = box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>('textarea, input[type=text]');
    const [from, to] = [field?.selectionStart ?? draft.length, field?.selectionEnd ?? draft.length];
    take(draft.slice(0, from) + braced(name) + draft.slice(to));
    const caret = from + braced(name).length;
    requestAnimationFrame(() => field?.setSelectionRange(caret, caret));
  };
  return { box, insert };
};
