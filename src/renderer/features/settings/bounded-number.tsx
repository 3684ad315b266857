import { NumberInput } from './number-input';

type BoundedNumberProps = {
  readonly label: string;
  readonly help?: string;
  readonly value: number;
  readonly bounds: readonly [least: number, most: number];
  readonly onChange: (value: number) => void;
};

/** A whole number within bounds that the model names. */
export const BoundedNumber = ({ bounds: [min, max], ...rest }: BoundedNumberProps) => <NumberInput min={min} max={max} {...rest} />;
