import type { Frame } from '../../shared/model/capture';

/** A rectangle of the desktop, in the units in which the system places windows. */
export type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Size = { readonly width: number; readonly height: number };

export type DisplayView = {
  readonly id: string;
  readonly bounds: Place;
  /** Where windows are not hidden by panels. */
  readonly workArea: Place;
  /** What the display shows, in its own pixels. */
  readonly pixels: Size;
};

/** Who must allow Picferry to see the screen. */
export type Refusal = 'mac' | 'wayland' | 'system';

export type SeenDisplay = { readonly display: DisplayView; readonly frame: Frame };
/** `picture` is a small picture as a data address. */
export type SeenWindow = { readonly id: string; readonly title: string; readonly picture: string };

/** The system's displays and what they show. */
export interface ScreensPort {
  displays(): readonly DisplayView[];
  /** The display where the pointer is. */
  current(): DisplayView;
  /** Who has refused already; null when nobody has, or when only trying tells. */
  refusedBy(): Refusal | null;
  /** Whom to name when `grab` gave nothing. */
  wouldRefuse(): Refusal;
  /**
   * What these displays show now, pixel for pixel. Displays that cannot be had are left out. A desktop that asks the person
   * which one to share gives only that, with the display it fits best.
   */
  grab(displays: readonly DisplayView[]): Promise<readonly SeenDisplay[]>;
  /** Windows of other programs, the front one first where the system tells. */
  windows(): Promise<readonly SeenWindow[]>;
  /** One of them; `about` is its size to within a pixel, null for unknown. Null when it is gone. */
  grabWindow(id: string, about: Size | null): Promise<Frame | null>;
}

/** How a window of the capture lies on the desktop. */
export type PagePlace =
  /** Above everything on one display, edge to edge. */
  | { readonly kind: 'cover'; readonly bounds: Place }
  /** Above everything, without taking the keyboard. */
  | { readonly kind: 'note'; readonly bounds: Place }
  | { readonly kind: 'window'; readonly bounds: Place; readonly min: Size }
  | { readonly kind: 'hidden' };

export type PageOptions = { readonly page: 'overlay' | 'editor'; readonly token: string; readonly place: PagePlace };

/** A window of the capture. */
export interface CapturePage {
  /** Shows it, and gives it the keyboard unless it is a note. */
  show(): void;
  focus(): void;
  /** Takes it off the screen until it is shown again. */
  hide(): void;
  /** Closes it at once, without a question. */
  close(): void;
  /** `crashed` is false when the person or the system closed it. Not called after `close`. */
  onGone(listener: (crashed: boolean) => void): void;
}

export interface PagesPort {
  open(options: PageOptions): CapturePage;
}
