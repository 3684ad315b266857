import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { SyncPath } from '../../../shared/model/sync';
import { pathWords } from '../../stores/sync-words';
import { useText, type TextKey } from '../../stores/text';

/** What a row says of its place before the words: a sign, and the same for screen readers. */
export type RowLook = { readonly sign: string; readonly label: TextKey; readonly look: string };

type PlaceRowProps = RowLook & {
  readonly path: SyncPath;
  /** What first keys are called, where they say nothing to a person. */
  readonly names?: ReadonlyMap<string, string> | undefined;
  /** The values. */
  readonly children: ReactNode;
};

/** A place of a document in a list: its path, and what stands there below. */
export const PlaceRow = ({ sign, label, look, path, names, children }: PlaceRowProps) => {
  const text = useText();
  const { t } = text;
  const [first, ...deeper] = pathWords(path, text);
  const steps = first === undefined ? [] : [names?.get(first) ?? first, ...deeper];
  return (
    <div className="flex min-w-0 gap-2.5 border-b border-line px-4 py-2">
      <span title={t(label)} className={clsx('flex size-5 shrink-0 items-center justify-center rounded-s font-mono font-semibold', look)}>
        <span aria-hidden>{sign}</span>
        <span className="sr-only">{t(label)}</span>
      </span>
      <div className="said min-w-0 flex-1">
        <p className="[overflow-wrap:anywhere]">
          {steps.length === 0 ? t('syncRoot') : null}
          {steps.map((step, index) => (
            <span key={index}>
              {index === 0 ? null : <span className="text-text-2"> › </span>}
              <span className={index === steps.length - 1 ? 'font-medium' : 'text-text-2'}>{step}</span>
            </span>
          ))}
        </p>
        {children}
      </div>
    </div>
  );
};
