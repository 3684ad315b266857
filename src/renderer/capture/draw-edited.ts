import { assertNever } from '../../shared/assert-never';
import type { PixelRect } from '../../shared/model/capture';
import { arrowShape, colours, type Colour, type Edited, type Mark } from './edit-state';
import { context2d, pixelate, wholeOf } from './pixels';

/** The faces of the window's own texts, Chinese ones among them. */
export const TEXT_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei UI', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";
export const TEXT_WEIGHT = 600;

/** A thin edge keeps text readable on any ground. */
const edgeOf = (colour: Colour): string => (colour === 'white' || colour === 'yellow' ? '#000000b3' : '#ffffffd9');

/** What of `part` lies inside the picture. */
const inside = (part: PixelRect, width: number, height: number): PixelRect | null => {
  const x = Math.max(0, part.x);
  const y = Math.max(0, part.y);
  const right = Math.min(width, part.x + part.width);
  const bottom = Math.min(height, part.y + part.height);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
};

const drawMark = (context: CanvasRenderingContext2D, mark: Mark): void => {
  switch (mark.kind) {
    case 'arrow': {
      const [first, ...rest] = arrowShape(mark.from, mark.to, mark.width);
      if (first === undefined) return;
      context.fillStyle = colours[mark.colour];
      context.beginPath();
      context.moveTo(first.x, first.y);
      rest.forEach(({ x, y }) => context.lineTo(x, y));
      context.closePath();
      return context.fill();
    }
    case 'rectangle': {
      const { x, y, width, height } = mark.part;
      context.strokeStyle = colours[mark.colour];
      context.lineWidth = mark.width;
      context.lineJoin = 'round';
      return context.strokeRect(x, y, width, height);
    }
    case 'text': {
      context.font = `${TEXT_WEIGHT} ${mark.height}px ${TEXT_FONT}`;
      context.textBaseline = 'top';
      context.lineJoin = 'round';
      context.lineWidth = Math.max(2, mark.height / 7);
      context.strokeStyle = edgeOf(mark.colour);
      context.strokeText(mark.text, mark.at.x, mark.at.y);
      context.fillStyle = colours[mark.colour];
      return context.fillText(mark.text, mark.at.x, mark.at.y);
    }
    case 'pixelate': {
      const part = inside(mark.part, context.canvas.width, context.canvas.height);
      if (part === null) return;
      const data = context.getImageData(part.x, part.y, part.width, part.height);
      pixelate(data, mark.block);
      return context.putImageData(data, part.x, part.y);
    }
    default:
      return assertNever(mark);
  }
};

/**
 * Draws the edited picture on a canvas, which takes its size: what is seen is what is uploaded. What lies under pixelated
 * parts and outside the crop is not in it.
 */
export const drawEdited = (canvas: HTMLCanvasElement, picture: ImageBitmap, { crop, marks }: Edited): void => {
  const whole = document.createElement('canvas');
  whole.width = picture.width;
  whole.height = picture.height;
  const context = context2d(whole);
  context.drawImage(picture, 0, 0);
  marks.forEach((mark) => drawMark(context, mark));
  const part = crop ?? wholeOf(picture);
  canvas.width = part.width;
  canvas.height = part.height;
  context2d(canvas).putImageData(context.getImageData(part.x, part.y, part.width, part.height), 0, 0);
};
