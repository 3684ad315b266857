import clsx from 'clsx';
import { Crop, Grid3x3, MoveUpRight, Redo2, Square, Type, Undo2, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText, type TextKey } from '../stores/text';
import { Button, IconButton } from '../ui/button';
import { colours, sizes, tools, type Colour, type StrokeSize, type Tool } from './edit-state';

const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const;

const icons: Readonly<Record<Tool, ReactNode>> = {
  crop: <Crop {...icon} />,
  arrow: <MoveUpRight {...icon} />,
  rectangle: <Square {...icon} />,
  text: <Type {...icon} />,
  pixelate: <Grid3x3 {...icon} />,
};
export const toolNames = { crop: 'editCrop', arrow: 'editArrow', rectangle: 'editRectangle', text: 'editText', pixelate: 'editPixelate' } as const satisfies Readonly<Record<Tool, TextKey>>;
export const toolKeys: Readonly<Record<Tool, string>> = { crop: 'c', arrow: 'a', rectangle: 'r', text: 't', pixelate: 'p' };
const colourNames = { red: 'editRed', yellow: 'editYellow', green: 'editGreen', blue: 'editBlue', black: 'editBlack', white: 'editWhite' } as const satisfies Readonly<Record<Colour, TextKey>>;
const sizeNames = { thin: 'editThin', medium: 'editMedium', thick: 'editThick' } as const satisfies Readonly<Record<StrokeSize, TextKey>>;
const dots: Readonly<Record<StrokeSize, string>> = { thin: 'size-1', medium: 'size-2', thick: 'size-3.5' };

const colourList = Object.keys(colours) as readonly Colour[];

type ChoicesProps<T extends string> = {
  readonly label: string;
  readonly values: readonly T[];
  readonly value: T;
  readonly name: (value: T) => string;
  readonly onChange: (value: T) => void;
  readonly children: (value: T) => ReactNode;
};

/** One of a few, chosen by pointer or arrow keys. */
const Choices = <T extends string>({ label, values, value, name, onChange, children }: ChoicesProps<T>) => (
  <div
    role="radiogroup"
    aria-label={label}
    className="flex items-center"
    onKeyDown={(event) => {
      const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0) return;
      event.preventDefault();
      const at = (values.indexOf(value) + step + values.length) % values.length;
      const next = values[at];
      if (next !== undefined) onChange(next);
      event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[at]?.focus();
    }}
  >
    {values.map((each) => (
      <button
        key={each}
        type="button"
        role="radio"
        aria-checked={each === value}
        aria-label={name(each)}
        title={name(each)}
        tabIndex={each === value ? 0 : -1}
        onClick={() => onChange(each)}
        className={clsx('flex size-7 items-center justify-center rounded-s border', each === value ? 'border-accent bg-accent-soft' : 'border-transparent hover:bg-hover')}
      >
        {children(each)}
      </button>
    ))}
  </div>
);

const Line = () => <span aria-hidden className="h-5 w-px shrink-0 bg-line" />;

type EditToolbarProps = {
  readonly tool: Tool;
  readonly colour: Colour;
  readonly size: StrokeSize;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly sending: boolean;
  readonly onTool: (tool: Tool) => void;
  readonly onColour: (colour: Colour) => void;
  readonly onSize: (size: StrokeSize) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onCancel: () => void;
  readonly onUpload: () => void;
};

export const EditToolbar = ({ tool, colour, size, canUndo, canRedo, sending, ...on }: EditToolbarProps) => {
  const { t } = useText();
  const coloured = tool === 'arrow' || tool === 'rectangle' || tool === 'text';
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-surface px-3 py-2">
      <div role="group" aria-label={t('editTools')} className="flex items-center gap-0.5">
        {tools.map((each) => (
          <IconButton
            key={each}
            label={`${t(toolNames[each])} (${(toolKeys[each] ?? '').toUpperCase()})`}
            aria-pressed={each === tool}
            onClick={() => on.onTool(each)}
            className={each === tool ? '!border-accent !bg-accent-soft !text-accent' : ''}
          >
            {icons[each]}
          </IconButton>
        ))}
      </div>
      {/* Out of sight, not away: nothing moves when another tool is taken. */}
      <div className={clsx('flex items-center gap-3', !coloured && 'invisible')}>
        <Line />
        <Choices label={t('editColour')} values={colourList} value={colour} name={(each) => t(colourNames[each])} onChange={on.onColour}>
            {(each) => <span className="size-4 rounded-full border border-line-strong" style={{ backgroundColor: colours[each] }} />}
        </Choices>
      </div>
      <div className={clsx('flex items-center gap-3', tool === 'crop' && 'invisible')}>
        <Line />
        <Choices label={t('editSize')} values={sizes} value={size} name={(each) => t(sizeNames[each])} onChange={on.onSize}>
            {(each) => <span className={clsx('rounded-full bg-text', dots[each])} />}
        </Choices>
      </div>
      <Line />
      <div className="flex items-center gap-0.5">
        <IconButton label={`${t('editUndo')} (Ctrl+Z)`} disabled={!canUndo} onClick={on.onUndo}>
          <Undo2 {...icon} />
        </IconButton>
        <IconButton label={`${t('editRedo')} (Ctrl+Y)`} disabled={!canRedo} onClick={on.onRedo}>
          <Redo2 {...icon} />
        </IconButton>
      </div>
      <div className="ml-auto flex items-center gap-2">
        <Button look="quiet" onClick={on.onCancel}>
          {t('captureCancel')}
        </Button>
        <Button look="primary" disabled={sending} icon={<Upload {...icon} />} onClick={on.onUpload}>
          {sending ? t('editUploading') : t('editUpload')}
        </Button>
      </div>
    </header>
  );
};
