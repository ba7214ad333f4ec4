import type { Stretch } from "./_moments";

const stops = new WeakMap<HTMLVideoElement, () => void>();

/** Plays a stretch in a plain `<video>` and stops at its end; a second call takes the place of the first. */
export function playPlain(video: HTMLVideoElement, { start, end }: Stretch): void {
  stops.get(video)?.();
  const watch = () => {
    if (video.currentTime * 1_000_000 < end) return;
    video.pause();
    stops.get(video)?.();
  };
  stops.set(video, () => video.removeEventListener("timeupdate", watch));
  video.addEventListener("timeupdate", watch);
  video.currentTime = start / 1_000_000;
  // A browser may want the person to press play first; the moment stands there then.
  video.play().catch(() => undefined);
}
