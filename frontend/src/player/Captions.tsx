/** The film's captions in the chosen language, written by us: they stay readable however the picture is turned. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../workbench/session";

export function Captions({ session }: { session: Session }) {
  const lines = useSignal<readonly string[]>([]);
  const chosen = session.captions.value;
  const [muted, volume] = [session.muted.value, session.volume.value];
  useEffect(() => {
    const video = session.clock.attached;
    if (!video) return;
    video.muted = muted;
    video.volume = volume;
  });
  useEffect(() => {
    const video = session.clock.attached;
    if (!video) return;
    for (const one of video.textTracks) one.mode = one.language === chosen ? "hidden" : "disabled";
    const track = [...video.textTracks].find(({ language }) => language === chosen);
    const show = () => {
      lines.value = [...(track?.activeCues ?? [])].map(textOf).filter(Boolean);
    };
    show();
    track?.addEventListener("cuechange", show);
    return () => track?.removeEventListener("cuechange", show);
  }, [session, chosen]);
  if (!chosen || lines.value.length === 0) return null;
  return (
    <div class="vig-captions" lang={chosen}>
      {lines.value.map((line, i) => (
        <p key={`${i}-${line}`}>{line}</p>
      ))}
    </div>
  );
}

/** A cue's words without its marks; who speaks stands before them. */
export function textOf(cue: TextTrackCue | { text?: string }): string {
  const text = (cue as { text?: string }).text ?? "";
  const who = /^<v(?:\.[^\s>]*)?\s+([^>]+)>/.exec(text)?.[1]?.trim();
  const words = text.replace(/<[^>]*>/g, "").trim();
  return who && words ? `${who}: ${words}` : words;
}
