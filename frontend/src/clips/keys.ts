/** The keys of the clip tray. */
import type { KeyAction } from "../keys/table";
import type { Tray } from "./tray";

export function clipKeys(tray: Tray): KeyAction[] {
  return [
    {
      keys: ["_"],
      what: "Keep a clip: from in to out, else the selected moment",
      group: "Clips",
      run: () => tray.addClip(),
    },
    { keys: ["Shift+u"], what: "Keep a still of this frame", group: "Clips", run: () => tray.addStill() },
    { keys: ["Mod+Enter"], what: "Play the review, or stop", group: "Clips", run: () => tray.preview() },
  ];
}
