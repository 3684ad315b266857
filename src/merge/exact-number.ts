/** A JSON number's parts: value = digits × 10^exponent, digits without zeros at either end. */
type Decimal = { readonly negative: boolean; readonly digits: string; readonly exponent: bigint };

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

const decimalOf = (text: string): Decimal => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return { negative: false, digits: '0', exponent: 0n };
  return { negative: sign === '-', digits, exponent: BigInt(exponent) - BigInt(fraction.length) + BigInt(all.length - digits.length) };
};

/** One spelling for all spellings of one value: `1`, `1.0` and `1e0` give the same text; so do `0` and `-0`. */
export const decimalText = (text: string): string => {
  const { negative, digits, exponent } = decimalOf(text);
  return `${negative ? '-' : ''}${digits}e${exponent}`;
};

/** True when a program that reads this number as a double and prints it again writes the same text. */
export const survivesNumber = (text: string): boolean => String(Number(text)) === text;

/**
 * A number whose source text a double would not give back: `1.0`, `1e3`, `9007199254740993`, `1e400`. It keeps the
 * text and is compared by value. All other numbers are plain JavaScript numbers.
 */
export class ExactNumber {
  readonly text: string;
  #decimal: string | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** The value in one spelling; equal exactly for equal values. */
  get decimal(): string {
    return (this.#decimal ??= decimalText(this.text));
  }

  /** The double with exactly this value, or null when there is none (or none that prints as this value). */
  get plain(): number | null {
    const number = Number(this.text);
    return Number.isFinite(number) && decimalText(String(number)) === this.decimal ? (number === 0 ? 0 : number) : null;
  }

  /**
   * For code that knows plain numbers only. `canonicalize` passes no key and gets the value, which is what it wants;
   * JSON.stringify passes one and would lose the spelling. An error too where no double has the value.
   */
  toJSON(key?: string): number {
    const { plain } = this;
    if (plain === null || key !== undefined) throw new RangeError(`${this.text} would not be printed as it is written`);
    return plain;
  }
}

/** The number as our values hold it: plain when that loses nothing. */
export const numberFromText = (text: string): number | ExactNumber => (survivesNumber(text) ? Number(text) : new ExactNumber(text));
