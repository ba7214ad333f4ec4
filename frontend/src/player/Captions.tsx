/** The film's captions, and what is to be seen in words, written by us: they stay readable however the picture is turned. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../workbench/session";

export function Captions({ session }: { session: Session }) {
  const [muted, volume] = [session.muted.value, session.volume.value];
  useEffect(() => {
    const video = session.clock.attached;
    if (!video) return;
    video.muted = muted;
    video.volume = volume;
  });
  const chosen = session.captions.value;
  const lines = useCues(session, "captions", chosen);
  const described = session.described.value;
  const words = useCues(session, "descriptions", described);
  return (
    <>
      {described && (
        // Read aloud by a screen reader as each moment comes; to be read by everybody else.
        <div class="vig-captions is-described" lang={described} role="status">
          {words.map((line, i) => (
            <p key={`${i}-${line}`}>{line}</p>
          ))}
        </div>
      )}
      {chosen && lines.length > 0 && (
        <div class="vig-captions" lang={chosen}>
          {lines.map((line, i) => (
            <p key={`${i}-${line}`}>{line}</p>
          ))}
        </div>
      )}
    </>
  );
}

/** The lines of a film's text track that belong to this moment; none while no language is chosen. */
function useCues(
  session: Session,
  kind: "captions" | "descriptions",
  chosen: string | null,
): readonly string[] {
  const lines = useSignal<readonly string[]>([]);
  useEffect(() => {
    const video = session.clock.attached;
    if (!video) return;
    const tracks = [...video.textTracks].filter((track) => track.kind === kind);
    for (const one of tracks) one.mode = one.language === chosen ? "hidden" : "disabled";
    const track = tracks.find(({ language }) => language === chosen);
    const show = () => {
      lines.value = [...(track?.activeCues ?? [])].map(textOf).filter(Boolean);
    };
    show();
    track?.addEventListener("cuechange", show);
    return () => track?.removeEventListener("cuechange", show);
  }, [session, kind, chosen]);
  return lines.value;
}

/** A cue's words without its marks; who speaks stands before them. */
export function textOf(cue: TextTrackCue | { text?: string }): string {
  const text = (cue as { text?: string }).text ?? "";
  const who = /^<v(?:\.[^\s>]*)?\s+([^>]+)>/.exec(text)?.[1]?.trim();
  const words = text.replace(/<[^>]*>/g, "").trim();
  return who && words ? `${who}: ${words}` : words;
}
