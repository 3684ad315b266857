type SliderProps = {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
};

/** A value on a line, by mouse and arrow keys. */
export const Slider = ({ label, value, min, max, step, onChange }: SliderProps) => (
  <input
    type="range"
    aria-label={label}
    title={label}
    value={value}
    min={min}
    max={max}
    step={step}
    onChange={(event) => onChange(Number(event.target.value))}
    className="h-6 w-24 min-w-16 shrink accent-accent"
  />
);
