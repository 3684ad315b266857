/** What red, green and blue are in sRGB, as profiles have it (IEC 61966-2-1, adapted to D50). */
const PRIMARIES = { rXYZ: [0.4361, 0.2225, 0.0139], gXYZ: [0.3851, 0.7169, 0.0971], bXYZ: [0.1431, 0.0606, 0.7141] } as const;
const CURVES = ['rTRC', 'gTRC', 'bTRC'] as const;
/** Less than a step of 8 bits, by which no colour looks other. */
const NEAR = 0.002;
const SAMPLES = 64;

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const fixed = (icc: Buffer, at: number): number => icc.readInt32BE(at) / 65_536;

/** Whether a colour profile means the colours that a picture without one has. Never throws. */
export function isSrgb(icc: Buffer): boolean {
  try {
    if (icc.toString('latin1', 16, 20) !== 'RGB ') return false;
    const tags = new Map(Array.from({ length: Math.min(100, icc.readUInt32BE(128)) }, (_, index) => [icc.toString('latin1', 132 + index * 12, 136 + index * 12), icc.readUInt32BE(136 + index * 12)]));
    // What is told by tables counts before these.
    if (tags.has('A2B0')) return false;
    const primariesFit = Object.entries(PRIMARIES).every(([tag, values]) => values.every((value, index) => Math.abs(fixed(icc, (tags.get(tag) ?? icc.length) + 8 + index * 4) - value) < NEAR));
    return primariesFit && CURVES.every((tag) => isCurve(icc.subarray(tags.get(tag) ?? icc.length)));
  } catch {
    return false;
  }
}

function isCurve(curve: Buffer): boolean {
  const at = curveOf(curve);
  if (at === null) return false;
  for (let sample = 0; sample <= SAMPLES; sample += 1) if (Math.abs(at(sample / SAMPLES) - linear(sample / SAMPLES)) > NEAR) return false;
  return true;
}

/** A curve by ICC.1, 10.6 and 10.18: a table, a power, or sRGB's own shape; null for others. */
function curveOf(curve: Buffer): ((value: number) => number) | null {
  if (curve.toString('latin1', 0, 4) === 'para' && curve.readUInt16BE(8) === 3) {
    const [g = 1, a = 1, b = 0, c = 1, d = 0] = [0, 1, 2, 3, 4].map((index) => fixed(curve, 12 + index * 4));
    return (value) => (value >= d ? (a * value + b) ** g : c * value);
  }
  const count = curve.toString('latin1', 0, 4) === 'curv' ? curve.readUInt32BE(8) : 0;
  if (count < 2) return null;
  const entry = (index: number): number => curve.readUInt16BE(12 + Math.min(count - 1, index) * 2) / 65_535;
  return (value) => {
    const place = value * (count - 1);
    const below = Math.floor(place);
    return entry(below) + (entry(below + 1) - entry(below)) * (place - below);
  };
}
