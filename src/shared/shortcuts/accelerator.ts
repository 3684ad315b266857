/** What a key event tells, as the browser gives it. */
export type KeyPress = {
  readonly key: string;
  /** Where the key lies, in the words of a US keyboard. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
};

const PLACES: Readonly<Record<string, string>> = {
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Space: 'Space',
  Tab: 'Tab',
  Enter: 'Return',
  NumpadEnter: 'Return',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  PrintScreen: 'PrintScreen',
  NumpadAdd: 'numadd',
  NumpadSubtract: 'numsub',
  NumpadMultiply: 'nummult',
  NumpadDivide: 'numdiv',
  NumpadDecimal: 'numdec',
};

/** Electron's name of a key, or null for one that it does not know, and for modifiers. */
const keyName = ({ key, code }: KeyPress): string | null => {
  // The letter that is printed on the key counts, wherever it lies; with Alt some systems type another sign.
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const letter = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1];
  if (letter !== undefined) return letter;
  const pad = /^Numpad([0-9])$/.exec(code)?.[1];
  if (pad !== undefined) return `num${pad}`;
  if (/^F([1-9]|1[0-9]|2[0-4])$/.test(code)) return code;
  return PLACES[code] ?? (key === 'PrintScreen' ? 'PrintScreen' : null);
};

/** Modifiers first, in the order in which people write them. */
const MODIFIERS = ['CommandOrControl', 'Control', 'Alt', 'Shift', 'Super'] as const;

/** Keys that may stand alone: nobody types with them. */
const ALONE = /^(F([1-9]|1[0-9]|2[0-4])|PrintScreen|Insert)$/;

export type Recorded =
  /** Only modifiers so far. */
  | { readonly type: 'more' }
  | { readonly type: 'key'; readonly accelerator: string }
  /** It would take a key with which people write. */
  | { readonly type: 'typing' }
  | { readonly type: 'unknown' };

/** What a key press records as; `mac` tells which key is Command. */
export const recordKey = (press: KeyPress, mac: boolean): Recorded => {
  if (['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'OS', 'CapsLock', 'Fn', 'Hyper', 'Super', 'Dead'].includes(press.key) && keyName(press) === null) return { type: 'more' };
  const name = keyName(press);
  if (name === null) return { type: 'unknown' };
  const held: Readonly<Record<(typeof MODIFIERS)[number], boolean>> = {
    CommandOrControl: mac ? press.metaKey : press.ctrlKey,
    Control: mac && press.ctrlKey,
    Alt: press.altKey,
    Shift: press.shiftKey,
    Super: !mac && press.metaKey,
  };
  const modifiers = MODIFIERS.filter((modifier) => held[modifier]);
  if (modifiers.every((modifier) => modifier === 'Shift') && !ALONE.test(name)) return { type: 'typing' };
  return { type: 'key', accelerator: [...modifiers, name].join('+') };
};

/** The same for every way of writing a combination: to compare by. */
export const sameKeys = (accelerator: string, mac: boolean): string => {
  const parts = accelerator.split('+').map((part) => {
    const low = part.toLowerCase();
    if (['commandorcontrol', 'cmdorctrl'].includes(low)) return mac ? 'command' : 'control';
    if (['command', 'cmd', 'super', 'meta'].includes(low)) return mac ? 'command' : 'super';
    return { ctrl: 'control', option: 'alt', enter: 'return', esc: 'escape' }[low] ?? low;
  });
  return parts.sort().join('+');
};

/** How people on this system write the parts of a combination. */
export const partsOf = (accelerator: string, mac: boolean): readonly string[] =>
  accelerator.split('+').map((part) => {
    switch (part) {
      case 'CommandOrControl':
        return mac ? '⌘' : 'Ctrl';
      case 'Control':
        return mac ? '⌃' : 'Ctrl';
      case 'Alt':
        return mac ? '⌥' : 'Alt';
      case 'Shift':
        return mac ? '⇧' : 'Shift';
      case 'PrintScreen':
        return 'PrtSc';
      case 'Return':
        return 'Enter';
      default:
        return ARROWS[part] ?? part.replace(/^num(?=.)/, 'Num ');
    }
  });

const ARROWS: Readonly<Record<string, string>> = { Up: '↑', Down: '↓', Left: '←', Right: '→' };
