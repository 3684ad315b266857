import { useEffect, useRef, useState } from 'react';
import { useText } from '../stores/text';
import type { Point } from './crosshair';
import { TEXT_FONT, TEXT_WEIGHT } from './draw-edited';
import { colours, type Colour } from './edit-state';

type TextBoxProps = {
  /** Where the text begins and how high it is, in the picture's pixels. */
  readonly at: Point;
  readonly height: number;
  readonly scale: number;
  readonly colour: Colour;
  /** '' when the person gave up. */
  readonly onDone: (text: string) => void;
};

/** Where text is typed, as large as it will be. Enter and leaving it keep the text, Escape drops it. */
export const TextBox = ({ at, height, scale, colour, onDone }: TextBoxProps) => {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const [text, setText] = useState('');
  const end = (kept: string): void => {
    if (done.current) return;
    done.current = true;
    onDone(kept);
  };
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <input
      ref={field}
      type="text"
      value={text}
      maxLength={500}
      spellCheck={false}
      aria-label={t('editTextField')}
      placeholder={t('editTextHint')}
      onChange={(event) => setText(event.target.value)}
      onPointerDown={(event) => event.stopPropagation()}
      onBlur={() => end(text)}
      onKeyDown={(event) => {
        // Chinese is composed by keys that mean the composition, Enter and Escape among them.
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') end(text);
        else if (event.key === 'Escape') end('');
        else return;
        event.preventDefault();
      }}
      className="absolute m-0 w-80 max-w-none border-0 bg-transparent p-0 leading-none outline outline-1 outline-dashed outline-accent outline-offset-2 placeholder:font-normal"
      style={{
        left: at.x * scale,
        top: at.y * scale,
        height: height * scale * 1.3,
        fontSize: Math.max(9, height * scale),
        fontWeight: TEXT_WEIGHT,
        fontFamily: TEXT_FONT,
        color: colours[colour],
      }}
    />
  );
};
