/** Keys for what moments have to do with each other: links, tracing back, other words, and what others saw. */
import { linkNext, playChain } from "../chains/link";
import { toggleLens } from "../schemes/Words";
import type { Session } from "../workbench/session";
import type { KeyAction } from "./table";

/** Actions whose key stands beside their button as well. */
export const TRACE = "Trace back from the moment; again: further";
export const LENS = "The same moments in another scheme's words";
export const NEXT = "Next difference";

const CONNECT: KeyAction[] = [
  {
    keys: ["n"],
    what: "Link the moment to what came before; again: to an earlier one, then to none",
    group: "Connect",
    edits: true,
    run: linkNext,
  },
  { keys: ["Shift+n"], what: "Play the whole chain", group: "Connect", run: playChain },
  {
    keys: ["b"],
    what: TRACE,
    group: "Connect",
    edits: true,
    run: (s) => s.trace.back(),
  },
  {
    keys: ["Shift+b"],
    what: "Trace back: nearer again",
    group: "Connect",
    edits: true,
    run: (s) => s.trace.nearer(),
  },
];

const COMPARE: KeyAction[] = [
  { keys: ["y"], what: NEXT, group: "Compare", run: (s) => s.comparison.step(1) },
  { keys: ["Shift+g"], what: "Difference before", group: "Compare", run: (s) => s.comparison.step(-1) },
  {
    keys: ["Shift+x"],
    what: "Lane by lane, or observer by observer",
    group: "Compare",
    run: ({ comparison }) => {
      comparison.together.value = !comparison.together.value;
    },
  },
];

/** The keys that make sense on a page: other words only where there are some. */
export function meaningKeys(session: Session): KeyAction[] {
  const words: KeyAction = {
    keys: ["x"],
    what: LENS,
    group: "Connect",
    run: toggleLens,
  };
  const compare = session.comparison.observers.length ? COMPARE : [];
  return [...CONNECT, ...(session.lenses.length ? [words] : []), ...compare];
}
