import { useCallback, useEffect, useRef, useState } from 'react';
import { useText } from '../stores/text';
import { ConfirmDialog } from '../ui/dialog';
import { addMark, cropTo, isDrawnOn, redo, tools, undo, untouched, type Colour, type History, type Mark, type StrokeSize, type Tool } from './edit-state';
import { EditCanvas } from './edit-canvas';
import { EditToolbar, toolKeys, toolNames } from './edit-toolbar';
import { wholeOf, toPng } from './pixels';
import { useLeave, useReady } from './use-capture-page';

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLInputElement && target.type === 'text';
/** A button or a choice does with Enter and Space what it is there for. */
const isControl = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('button, [role="radio"], [data-modal]') !== null;

/** Crops and marks a captured picture before it is uploaded. */
export const EditorView = ({ picture }: { readonly picture: ImageBitmap }) => {
  const { t } = useText();
  const { take, cancel } = useLeave();
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [history, setHistory] = useState<History>(untouched);
  const [tool, setTool] = useState<Tool>('arrow');
  const [colour, setColour] = useState<Colour>('red');
  const [size, setSize] = useState<StrokeSize>('medium');
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState(false);
  const [said, setSaid] = useState('');
  const [drawn, setDrawn] = useState(false);
  const drawnOn = isDrawnOn(history);
  useReady(drawn);

  const toStage = useCallback(() => stage.current?.focus({ preventScroll: true }), []);
  const upload = useCallback(async () => {
    const made = canvas.current;
    if (made === null) return;
    setSending(true);
    try {
      await take(() => toPng(made), null);
    } finally {
      setSending(false);
    }
  }, [take]);
  const leave = useCallback(() => (drawnOn ? setAsking(true) : cancel()), [drawnOn, cancel]);
  const back = useCallback(() => {
    setHistory(undo);
    setSaid(t('editUndid'));
  }, [t]);
  const forth = useCallback(() => {
    setHistory(redo);
    setSaid(t('editRedid'));
  }, [t]);

  useEffect(() => {
    // The window's own close button: main closes it for good once the person has answered.
    const onClose = (event: BeforeUnloadEvent): void => {
      if (!drawnOn) return;
      event.preventDefault();
      setAsking(true);
    };
    addEventListener('beforeunload', onClose);
    return () => removeEventListener('beforeunload', onClose);
  }, [drawnOn]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || asking || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      const command = event.ctrlKey || event.metaKey;
      const wanted = tools.find((each) => toolKeys[each] === key);
      if (command && key === 'z') (event.shiftKey ? forth : back)();
      else if (command && key === 'y') forth();
      else if (command) return;
      else if (key === 'escape') leave();
      else if (key === 'enter' && !isControl(event.target)) void upload();
      else if (wanted !== undefined && !event.altKey) {
        setTool(wanted);
        toStage();
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [asking, back, forth, leave, upload, toStage]);

  const add = (mark: Mark): void => {
    setHistory((before) => addMark(before, mark));
    setSaid(t('editDid', { tool: t(toolNames[mark.kind]) }));
  };
  return (
    <main className="flex h-full flex-col bg-bg">
      <EditToolbar
        tool={tool}
        colour={colour}
        size={size}
        canUndo={history.past.length > 0}
        canRedo={history.future.length > 0}
        sending={sending}
        onTool={(next) => {
          setTool(next);
          toStage();
        }}
        onColour={setColour}
        onSize={setSize}
        onUndo={back}
        onRedo={forth}
        onCancel={leave}
        onUpload={() => void upload()}
      />
      <EditCanvas
        canvas={canvas}
        stage={stage}
        picture={picture}
        edited={history.now}
        tool={tool}
        colour={colour}
        size={size}
        onMark={add}
        onCrop={(part) => {
          setHistory((before) => cropTo(before, part));
          setSaid(t('editDid', { tool: t('editCrop') }));
        }}
        onDrawn={() => setDrawn(true)}
      />
      <footer className="num flex items-center justify-between gap-4 border-t border-line bg-surface px-4 py-1.5 text-small text-text-2">
        <span className="min-w-0 truncate">{t('editPictureHelp')}</span>
        <span className="shrink-0">{t('captureChosen', { width: (history.now.crop ?? wholeOf(picture)).width, height: (history.now.crop ?? wholeOf(picture)).height })}</span>
      </footer>
      <div role="status" className="sr-only">
        {said}
      </div>
      <ConfirmDialog
        open={asking}
        danger
        title={t('editDiscardTitle')}
        confirmLabel={t('editDiscard')}
        cancelLabel={t('editKeep')}
        onConfirm={cancel}
        onCancel={() => {
          setAsking(false);
          toStage();
        }}
      >
        {t('editDiscardText')}
      </ConfirmDialog>
    </main>
  );
};
