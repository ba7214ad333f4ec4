/** My reaction time: measured with ten flashes, or set by hand; taken off what is tagged while the film plays. */
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../ui/icons";
import { useModal } from "../ui/modal";
import type { Session } from "../workbench/session";
import { Calibration, FLASHES, type Outcome, TOO_LATE } from "./calibration";
import { SLOWEST } from "./desk";

export function ReactionDialog({ session }: { session: Session }) {
  const { desk, coder } = session;
  const open = desk.dialog.value === "reaction";
  const close = () => {
    desk.dialog.value = null;
  };
  const dialog = useModal(open);
  if (!open) return null;
  const now = coder.reaction.value;
  return (
    <dialog ref={dialog} class="vig-dialog vig-reaction" aria-label="My reaction time" onClose={close}>
      <h2>My reaction time</h2>
      <p>
        Between seeing and pressing, some time goes by. What you tag while the film plays can begin and end
        that much earlier. Moments tagged on a still picture, and those you made before, stay as they are.
      </p>
      <Trial use={(time) => desk.setReaction(time)} />
      <label class="vig-field is-row">
        <span>Taken off, in milliseconds</span>
        <input
          type="number"
          class="vig-reaction-time"
          min={0}
          max={SLOWEST}
          step={10}
          value={now}
          onChange={(event) => desk.setReaction(event.currentTarget.valueAsNumber)}
        />
      </label>
      <p class="vig-note" role="status">
        {now > 0 ? `${now} ms are taken off, in this browser.` : "Nothing is taken off."}
      </p>
      <div class="vig-dialog-actions">
        {now > 0 && (
          <button type="button" class="vig-quiet" onClick={() => desk.setReaction(0)}>
            Take nothing off
          </button>
        )}
        <button type="button" class="vig-primary" onClick={close}>
          Done
        </button>
      </div>
    </dialog>
  );
}

type Stage = "idle" | "waiting" | "flash" | "done";

const SAID: Record<Outcome, string> = {
  good: "",
  early: "That was before the flash; it is shown again.",
  late: "That one went by; it is shown again.",
};

function Trial({ use }: { use(time: number): void }) {
  const stage = useSignal<Stage>("idle");
  const said = useSignal("");
  const trial = useRef(new Calibration());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const flash = useRef<HTMLButtonElement>(null);
  const running = stage.value === "waiting" || stage.value === "flash";
  useLayoutEffect(() => flash.current?.focus(), [running]);

  const next = () => {
    stage.value = "waiting";
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      stage.value = "flash";
      // Counted from when it is painted, not from when it was decided.
      requestAnimationFrame((now) => trial.current.flash(now));
      timer.current = setTimeout(() => answer(performance.now() + TOO_LATE), TOO_LATE + 200);
    }, trial.current.wait());
  };
  const answer = (now: number) => {
    if (stage.value !== "waiting" && stage.value !== "flash") return;
    said.value = SAID[trial.current.press(now)];
    if (!trial.current.done) return next();
    clearTimeout(timer.current);
    stage.value = "done";
  };
  const begin = () => {
    trial.current = new Calibration();
    said.value = "";
    next();
  };
  if (stage.value === "idle" || stage.value === "done")
    return <Result trial={trial.current} done={stage.value === "done"} begin={begin} use={use} />;
  return (
    <>
      <button
        type="button"
        class={`vig-flash ${stage.value === "flash" ? "is-lit" : ""}`}
        ref={flash}
        onPointerDown={(event) => {
          event.preventDefault();
          answer(event.timeStamp);
        }}
        onKeyDown={(event) => {
          if (event.repeat || ["Tab", "Escape", "Shift", "Control", "Alt", "Meta"].includes(event.key))
            return;
          event.preventDefault();
          answer(event.timeStamp);
        }}
      >
        {stage.value === "flash" ? "now" : "press any key, or here, when it lights up"}
      </button>
      <p class="vig-note" role="status">
        {trial.current.times.length} of {FLASHES}. {said.value}
      </p>
    </>
  );
}

interface ResultProps {
  trial: Calibration;
  done: boolean;
  begin(): void;
  use(time: number): void;
}

function Result({ trial, done, begin, use }: ResultProps) {
  const { median, spread } = trial;
  if (!done || median === null || !spread)
    return (
      <button type="button" class="vig-button" onClick={begin}>
        Measure it: {FLASHES} flashes, half a minute
      </button>
    );
  return (
    <>
      <p role="status">
        Your middle time is <strong>{median} ms</strong>, between {spread[0]} and {spread[1]} ms. It is
        nobody's business but yours: nothing is sent, and quicker is not better.
      </p>
      <div class="vig-dialog-actions">
        <button type="button" class="vig-quiet" onClick={begin}>
          Once more
        </button>
        <button type="button" class="vig-button" onClick={() => use(median)}>
          Use {median} ms
        </button>
      </div>
    </>
  );
}

/** Whether and how much is taken off, beside the lanes; leads to the dialog. */
export function ReactionChip({ session }: { session: Session }) {
  const now = session.coder.reaction.value;
  if (session.readOnly.value) return null;
  return (
    <button
      type="button"
      class="vig-quiet vig-reaction-chip"
      aria-haspopup="dialog"
      title="What you tag while the film plays begins and ends this much earlier (Shift Y)"
      onClick={() => {
        session.desk.dialog.value = "reaction";
      }}
    >
      <Icon name="watch" /> my reaction time: {now > 0 ? `−${now} ms` : "none"}
    </button>
  );
}
