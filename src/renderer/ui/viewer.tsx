import { Dialog as Base } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { ChevronLeft, ChevronRight, CircleAlert, Maximize, Scan, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, IconButton } from './button';

export type Viewed =
  | { readonly at: 'loading' }
  | { readonly at: 'shown'; readonly address: string; readonly kind: 'image' | 'video' }
  | { readonly at: 'failed'; readonly text: string; readonly retry: (() => void) | null };

type ViewerProps = {
  readonly name: string;
  /** Under the name, e.g. its place in the list. */
  readonly note: string;
  readonly viewed: Viewed;
  /** A small picture to look at while the full one comes, and where it cannot be had. */
  readonly small: string | null;
  readonly words: {
    readonly close: string;
    readonly previous: string;
    readonly next: string;
    readonly fit: string;
    readonly actual: string;
    readonly loading: string;
    readonly retry: string;
    /** Said when the bytes came but are no picture or video that the window can draw. */
    readonly broken: string;
  };
  readonly actions?: ReactNode;
  /** Below the picture: what is known of it. */
  readonly foot?: ReactNode;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  readonly onClose: () => void;
  /** Keys that are not the viewer's own. */
  readonly onKey?: (event: KeyboardEvent) => void;
  /** What gets the keyboard when the viewer goes; null gives it back to what had it before. */
  readonly returnTo?: () => HTMLElement | null;
};

const Stage = ({ viewed, small, words, actual, onToggle, onBroken, name }: Pick<ViewerProps, 'viewed' | 'small' | 'words' | 'name'> & { readonly actual: boolean; readonly onToggle: () => void; readonly onBroken: () => void }) => {
  if (viewed.at === 'failed')
    return (
      <div role="alert" className="flex h-full flex-col items-center justify-center gap-3 p-8 text-center">
        {small === null ? <CircleAlert size={36} strokeWidth={1.25} aria-hidden className="text-text-2" /> : <img src={small} alt="" className="max-h-[60%] max-w-full object-scale-down" />}
        <p className="said max-w-120 text-balance">{viewed.text}</p>
        {viewed.retry === null ? null : <Button onClick={viewed.retry}>{words.retry}</Button>}
      </div>
    );
  if (viewed.at === 'loading')
    return (
      <div className="relative flex h-full items-center justify-center">
        {small === null ? null : <img src={small} alt="" className="max-h-full max-w-full object-contain opacity-60" />}
        <span role="status" className="absolute rounded-s border border-line bg-surface px-3 py-1.5 text-text-2">
          {words.loading}
        </span>
      </div>
    );
  if (viewed.kind === 'video')
    return <video key={viewed.address} src={viewed.address} controls autoPlay aria-label={name} onError={onBroken} className="mx-auto h-full max-w-full object-contain" />;
  return (
    <div className={clsx('flex h-full', actual ? 'overflow-auto' : 'overflow-hidden')}>
      <img
        key={viewed.address}
        src={viewed.address}
        alt={name}
        draggable={false}
        onError={onBroken}
        onDoubleClick={onToggle}
        className={clsx('checkerboard m-auto block', actual ? 'max-w-none' : 'max-h-full max-w-full object-contain')}
      />
    </div>
  );
};

/** One picture or video over the whole window; arrows lead to the next, Escape and Space back. */
export const Viewer = ({ name, note, viewed, small, words, actions, foot, onPrevious, onNext, onClose, onKey, returnTo }: ViewerProps) => {
  const stage = useRef<HTMLDivElement>(null);
  const [actual, setActual] = useState(false);
  const [broken, setBroken] = useState(false);
  const address = viewed.at === 'shown' ? viewed.address : '';
  useEffect(() => setBroken(false), [address]);
  const toggle = (): void => setActual((before) => !before);
  const keydown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLVideoElement || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') onPrevious?.();
    else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') onNext?.();
    else if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) onClose();
    else if (event.key === '0' || event.key === '1') setActual(event.key === '1');
    else {
      onKey?.(event);
      return;
    }
    event.preventDefault();
  };
  const shown: Viewed = broken ? { at: 'failed', text: words.broken, retry: null } : viewed;
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup data-modal initialFocus={stage} finalFocus={() => returnTo?.() ?? true} onKeyDown={keydown} className="fixed inset-0 z-40 flex flex-col bg-bg outline-none">
          <header className="flex min-h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-4 py-1.5">
            <div className="min-w-0 flex-1">
              <Base.Title className="truncate font-semibold" title={name}>
                {name}
              </Base.Title>
              <p className="num truncate text-small text-text-2">{note}</p>
            </div>
            {shown.at === 'shown' && shown.kind === 'image' ? (
              <IconButton label={actual ? words.fit : words.actual} aria-pressed={actual} onClick={toggle}>
                {actual ? <Maximize size={16} aria-hidden /> : <Scan size={16} aria-hidden />}
              </IconButton>
            ) : null}
            {actions}
            <IconButton label={words.close} onClick={onClose}>
              <X size={18} aria-hidden />
            </IconButton>
          </header>
          <div className="flex min-h-0 flex-1 items-center gap-1 p-2">
            <IconButton label={words.previous} disabled={onPrevious === null} onClick={() => onPrevious?.()}>
              <ChevronLeft size={20} aria-hidden />
            </IconButton>
            <div ref={stage} tabIndex={-1} className="h-full min-w-0 flex-1 outline-none">
              <Stage viewed={shown} small={small} words={words} name={name} actual={actual} onToggle={toggle} onBroken={() => setBroken(true)} />
            </div>
            <IconButton label={words.next} disabled={onNext === null} onClick={() => onNext?.()}>
              <ChevronRight size={20} aria-hidden />
            </IconButton>
          </div>
          {foot === undefined ? null : <footer tabIndex={0} className="max-h-[30vh] shrink-0 overflow-y-auto border-t border-line bg-surface px-4 py-2">{foot}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
};
