import clsx from 'clsx';
import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'danger';

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunken text-text-2 border-line',
  accent: 'bg-accent-soft text-accent border-transparent',
  ok: 'bg-ok-soft text-ok border-transparent',
  warn: 'bg-warn-soft text-warn border-transparent',
  danger: 'bg-danger-soft text-danger border-transparent',
};

export const Badge = ({ tone = 'neutral', icon, title, children }: { readonly tone?: Tone; readonly icon?: ReactNode; readonly title?: string; readonly children: ReactNode }) => (
  <span title={title} className={clsx('inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-s border px-1.5 text-small', tones[tone])}>
    {icon}
    {children}
  </span>
);

export const Kbd = ({ children }: { readonly children: ReactNode }) => (
  <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-s border border-line bg-sunken px-1.5 font-sans text-small text-text-2">{children}</kbd>
);

const DATE = /(\d{4}-\d{2}-\d{2})/;

/** A text in which no line ends within a date. */
export const WithDates = ({ text }: { readonly text: string }) =>
  text.split(DATE).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    ),
  );

/** A true bar: `value` from 0 to 1. Without a value there is no bar to show. */
export const Progress = ({ label, value }: { readonly label: string; readonly value: number }) => (
  <div
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={Math.floor(value * 100)}
    className="h-0.75 w-full overflow-hidden rounded-full bg-track"
  >
    <div className="h-full origin-left rounded-full bg-accent transition-transform duration-100 ease-linear" style={{ transform: `scaleX(${value})` }} />
  </div>
);

const ROUND = 2 * Math.PI * 8;

/** A ring that fills; without a value only its track shows. */
export const Ring = ({ value, children }: { readonly value: number | null; readonly children?: ReactNode }) => (
  <span className="relative inline-flex size-6 shrink-0 items-center justify-center" aria-hidden>
    {value === null ? null : (
      <svg viewBox="0 0 20 20" className="absolute inset-0 size-6 -rotate-90">
        <circle cx="10" cy="10" r="8" fill="none" strokeWidth="2" className="stroke-track" />
        <circle cx="10" cy="10" r="8" fill="none" strokeWidth="2" strokeLinecap="round" strokeDasharray={ROUND} strokeDashoffset={ROUND * (1 - value)} className="stroke-accent" />
      </svg>
    )}
    {children}
  </span>
);

export const Dot = ({ tone }: { readonly tone: Tone }) => (
  <span
    aria-hidden
    className={clsx('size-2 shrink-0 rounded-full', tone === 'ok' ? 'bg-ok' : tone === 'warn' ? 'bg-warn' : tone === 'danger' ? 'bg-danger' : 'bg-line-strong')}
  />
);

export const EmptyState = ({ icon, title, children, actions }: { readonly icon: ReactNode; readonly title: string; readonly children?: ReactNode; readonly actions?: ReactNode }) => (
  <div className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center">
    <span className="mb-2 text-text-2">{icon}</span>
    <h2 className="text-lead font-semibold text-balance">{title}</h2>
    {children === undefined ? null : <div className="max-w-100 text-text-2 text-balance">{children}</div>}
    {actions === undefined ? null : <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
  </div>
);

/** Says that work goes on, at the start of a line of buttons. */
export const Busy = ({ text }: { readonly text: string }) => (
  <span role="status" className="mr-auto flex items-center gap-2 text-text-2">
    <LoaderCircle size={14} aria-hidden className="animate-spin motion-reduce:animate-none" />
    {text}
  </span>
);

/** A sentence that belongs to the page, quiet or urgent by its tone. */
export const Bar = ({ tone, icon, children, actions }: { readonly tone: Tone; readonly icon: ReactNode; readonly children: ReactNode; readonly actions?: ReactNode }) => (
  <div className={clsx('flex items-start gap-2.5 rounded-m border px-3 py-2', tones[tone])}>
    <span className="mt-0.5 shrink-0">{icon}</span>
    <div className={clsx('said min-w-0 flex-1', tone !== 'danger' && 'text-text')}>{children}</div>
    {actions === undefined ? null : <div className="flex shrink-0 items-center gap-1">{actions}</div>}
  </div>
);

type ThumbProps = {
  readonly src: string | null;
  readonly size: 'row' | 'fill';
  readonly fallback: ReactNode;
  readonly onBroken?: (src: string) => void;
};

/**
 * A picture, whole, never cropped and never larger than it is, with the checkerboard under it alone; or a sign for its kind. Another
 * picture is another element: the old one is not seen while the new one comes.
 */
export const Thumb = ({ src, size, fallback, onBroken }: ThumbProps) => (
  <span className={clsx('relative flex shrink-0 items-center justify-center overflow-hidden rounded-s border border-line bg-sunken text-text-2', size === 'row' ? 'size-10' : 'size-full')}>
    {src === null ? (
      fallback
    ) : (
      <img key={src} src={src} alt="" loading="lazy" decoding="async" draggable={false} onError={() => onBroken?.(src)} className="checkerboard absolute inset-0 m-auto max-h-full max-w-full" />
    )}
  </span>
);

/** Keys and what they do, under a heading. */
export const KeyGroup = ({ heading, rows, className }: { readonly heading: string; readonly rows: readonly { readonly what: string; readonly keys: readonly string[] }[]; readonly className?: string }) => (
  <section className={className}>
    <h3 className="mb-1 text-small font-medium text-text-2">{heading}</h3>
    <dl>
      {rows.map(({ what, keys }) => (
        <div key={what} className="flex min-h-8 items-center justify-between gap-3">
          <dt>{what}</dt>
          <dd className="flex shrink-0 flex-wrap justify-end gap-1">
            {keys.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
