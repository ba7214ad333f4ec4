/** Colours that can be read: every bar is dark enough for white letters (4.5:1, WCAG AA). */

type Rgb = [number, number, number];

function parse(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

function write(rgb: Rgb): string {
  return `#${rgb.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance, from 0 (black) to 1 (white), as WCAG defines it. */
export function luminance(hex: string): number {
  const [r, g, b] = parse(hex).map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

export function mix(a: string, b: string, share: number): string {
  const [x, y] = [parse(a), parse(b)];
  return write(x.map((c, i) => c + ((y[i] as number) - c) * share) as Rgb);
}

const readable = new Map<string, string>();

/** The colour, darkened until white letters on it can be read. */
export function underWhite(hex: string): string {
  const known = readable.get(hex);
  if (known) return known;
  let colour = hex;
  while (contrast(colour, "#ffffff") < 4.6) colour = mix(colour, "#000000", 0.05);
  readable.set(hex, colour);
  return colour;
}

const PLAIN = "#5c6a70";

export function laneColour(lane: { colour?: string }): string {
  return underWhite(lane.colour ?? PLAIN);
}
