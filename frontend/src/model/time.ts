/** Film time as people read it. The same rule stands in vigwidgets/observations/_time.py. */

/** Writes microseconds as `mm:ss.mmm`, or `h:mm:ss.mmm` from an hour on. */
export function timecode(moment: number): string {
  const all = Math.floor((moment + 500) / 1000);
  const minutes = Math.floor(all / 60_000);
  const rest = all % 60_000;
  const two = (n: number) => String(n).padStart(2, "0");
  const seconds = `${two(Math.floor(rest / 1000))}.${String(rest % 1000).padStart(3, "0")}`;
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours}:${two(minutes % 60)}:${seconds}` : `${two(minutes)}:${seconds}`;
}

/** Writes microseconds as `mm:ss.t`: enough for a label. */
export function shortTime(moment: number): string {
  return timecode(Math.floor(moment / 100_000) * 100_000).slice(0, -2);
}

/** Writes a length of time in seconds with two decimals, for example `0.64 s`. */
export function seconds(length: number): string {
  return `${(length / 1_000_000).toFixed(2)} s`;
}
