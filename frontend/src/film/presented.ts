/** What the browser says about the frame it presented. */
import type { FrameIndex } from "./frames";

/** How long to wait for a seek, and after it for the picture, in milliseconds. */
const SEEK_LIMIT = 4000;
const PICTURE_LIMIT = 250;

/**
 * Calls back with the time stamp, in seconds, of every frame that is presented. Without
 * requestVideoFrameCallback (older Firefox) the player's own time is all there is.
 */
export function watchFrames(video: HTMLVideoElement, seen: (seconds: number) => void): () => void {
  if (!("requestVideoFrameCallback" in video)) return watchTime(video, seen);
  let handle = 0;
  const next: VideoFrameRequestCallback = (_now, frame) => {
    handle = video.requestVideoFrameCallback(next);
    seen(frame.mediaTime);
  };
  handle = video.requestVideoFrameCallback(next);
  return () => video.cancelVideoFrameCallback(handle);
}

function watchTime(video: HTMLVideoElement, seen: (seconds: number) => void): () => void {
  const timer = setInterval(() => !video.paused && seen(video.currentTime), 30);
  return () => clearInterval(timer);
}

/**
 * Seeks and resolves with the time stamp of the picture that came, in seconds; null when none was reported.
 *
 * @param given Whether the wish has been given up for a newer one: then it resolves as soon as it may seek again.
 */
export function confirmSeek(
  video: HTMLVideoElement,
  target: number,
  given: () => boolean,
): Promise<number | null> {
  return new Promise((resolve) => {
    let came: number | null = null;
    let sought = false;
    let handle = 0;
    let timer = setTimeout(finish, SEEK_LIMIT);
    const confirmable = "requestVideoFrameCallback" in video;

    function finish(): void {
      clearTimeout(timer);
      video.removeEventListener("seeked", arrived);
      if (confirmable) video.cancelVideoFrameCallback(handle);
      resolve(came);
    }
    function arrived(): void {
      sought = true;
      if (given() || came !== null || !confirmable) return finish();
      clearTimeout(timer);
      timer = setTimeout(finish, PICTURE_LIMIT);
    }
    function pictured(_now: number, frame: VideoFrameCallbackMetadata): void {
      came = frame.mediaTime;
      if (sought) finish();
      else handle = video.requestVideoFrameCallback(pictured);
    }
    video.addEventListener("seeked", arrived);
    if (confirmable) handle = video.requestVideoFrameCallback(pictured);
    video.currentTime = target;
  });
}

/** The frame that a presented time stamp (seconds from the proxy's first frame) belongs to. */
export function presentedFrame(frames: FrameIndex, seconds: number | null): number | null {
  return seconds === null ? null : frames.nearest(seconds * 1_000_000);
}
