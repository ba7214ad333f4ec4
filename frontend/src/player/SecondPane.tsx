/** The second camera's picture. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { dress } from "./screen";
import type { SecondView } from "./second";

export function SecondPane({ second }: { second: SecondView }) {
  const pane = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const here = pane.current;
    if (!here) return;
    const video = document.createElement("video");
    dress(video, second.film, { ...second.files, captions: {} });
    video.muted = true;
    here.prepend(video);
    const detach = second.follower.attach(video);
    return () => {
      detach();
      video.remove();
    };
  }, [second]);
  const source = second.source.value;
  useLayoutEffect(() => {
    const video = pane.current?.querySelector("video");
    if (video && source && video.getAttribute("src") !== source) video.src = source;
  }, [second, source]);
  return (
    <div class="vig-pane is-second" ref={pane}>
      {second.follower.outside.value && <p class="vig-outside">This camera was not running now.</p>}
    </div>
  );
}
