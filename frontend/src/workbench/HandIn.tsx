/** Handing in: asks once, waits until every moment is saved, and shows the receipt. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Boot, Terms } from "../boot";
import { dateAndTime } from "../model/when";
import type { Session } from "./session";
import { signInAddress } from "./signIn";

interface Receipt {
  attempt: string;
  handed_in_at?: string;
  observation_sha256?: string;
}

interface Answer {
  attempt: string;
  receipt: Receipt;
  feedback: string;
}

type Stage =
  | { at: "asking" | "sending" }
  | { at: "refused"; why: string; signIn: boolean }
  | { at: "done"; answer: Answer };

/** How long saving may take before one is told, and how long the receipt stands, in milliseconds. */
const PATIENCE = 15_000;
const READING = 2500;

/** Handing in waits for signing in. */
class NotSignedIn extends Error {
  constructor() {
    super(
      "You are signed out, so nothing was handed in; your moments are kept. Sign in again, then hand in.",
    );
  }
}

export function HandIn({ session, boot, onClose }: { session: Session; boot: Boot; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useSignal<Stage>({ at: "asking" });
  useEffect(() => dialog.current?.showModal(), []);
  const send = async () => {
    stage.value = { at: "sending" };
    try {
      const answer = await handIn(session, boot);
      session.model.frozen.value = true;
      stage.value = { at: "done", answer };
      setTimeout(() => location.assign(answer.feedback), READING);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      stage.value = { at: "refused", why, signIn: error instanceof NotSignedIn };
    }
  };
  session.model.version.value;
  const chosen = session.codebook.code("clip") ? codesOf(session) : null;
  const missing =
    missingSays(session.rating?.missing ?? [], boot.exercise.marking) ??
    clipSays(chosen, boot.exercise.marking);
  return (
    <dialog ref={dialog} class="vig-dialog" aria-label="Hand in" onClose={onClose}>
      {stage.value.at === "done" ? (
        <ReceiptNote answer={stage.value.answer} />
      ) : (
        <>
          <h2>{asks(session)}</h2>
          <p>{missing ?? afterwards(boot)}</p>
          {boot.exercise.terms && <p>{termsSay(boot.exercise.terms, Date.now())}</p>}
          {stage.value.at === "refused" && (
            <p class="vig-warning" role="alert">
              <span>{stage.value.why}</span>
              {stage.value.signIn && (
                <a class="vig-link" href={signInAddress(boot.base)}>
                  Sign in again
                </a>
              )}
            </p>
          )}
          <div class="vig-dialog-actions">
            <button type="button" class="vig-button" onClick={onClose}>
              Look again first
            </button>
            <button
              type="button"
              class="vig-primary"
              disabled={stage.value.at === "sending" || missing !== null}
              onClick={() => void send()}
            >
              {stage.value.at === "sending" ? "Handing in…" : "Hand in"}
            </button>
          </div>
        </>
      )}
    </dialog>
  );
}

/** What is handed in, in words. */
function asks({ model, rating }: Session): string {
  model.version.value;
  if (rating) return `Hand in? ${rating.progress}.`;
  if (model.count === 0) return "Hand in without a moment?";
  return `Hand in ${model.count === 1 ? "1 moment" : `${model.count} moments`}?`;
}

/** What has to be rated first, in words; null: nothing. What is not marked may be handed in as it is. */
export function missingSays(items: readonly string[], marking: Boot["exercise"]["marking"]): string | null {
  if (items.length === 0 || marking === "none") return null;
  const names = items.map((item) => `“${item}”`);
  const last = names.pop();
  const all = names.length ? `${names.join(", ")} and ${last} are` : `${last} is`;
  return `${all} not rated yet. Rate every item, then hand in; what you have so far is kept.`;
}

/** What to do where clips are asked for and none is chosen, in words; null: nothing. `codes`: null where none are asked for. */
export function clipSays(
  codes: readonly string[] | null,
  marking: Boot["exercise"]["marking"],
): string | null {
  if (!codes || marking === "none" || codes.includes("clip")) return null;
  return "No clip is chosen yet. Lay one over what a parent shall see, then hand in; what you have so far is kept.";
}

function codesOf({ model }: Session): string[] {
  return [...model.tags.values()].map(({ code }) => code);
}

/** What comes of handing in, in words. */
export function afterwards(boot: Pick<Boot, "exercise">): string {
  const what = boot.exercise.kind === "rating" ? "ratings and moments" : "moments";
  const seen = boot.exercise.shared
    ? " Others who hand in can lay them beside theirs, without your name and notes."
    : "";
  const stay = `Your ${what} stay as they are now`;
  if (boot.exercise.blind && boot.exercise.marking === "formative")
    return `Feedback comes when the last film of the set is handed in. ${stay}.`;
  const then = `${stay}, and you go on to what you saw.${seen}`;
  if (boot.exercise.marking === "none") return `Nothing here is marked. ${then}`;
  if (boot.exercise.marking === "formative") return `You get feedback at once. ${then}`;
  return `It is marked for your record. ${then}`;
}

/** An exercise's terms at a moment (milliseconds): it may have become late since the page was sent. */
export function termsSay({ says, now, lateFrom }: Terms, moment: number): string {
  const late = now || (lateFrom !== null && moment > Date.parse(lateFrom) ? "It is late now." : "");
  return late ? `${says} ${late}` : says;
}

function ReceiptNote({ answer }: { answer: Answer }) {
  const when = answer.receipt.handed_in_at ? new Date(answer.receipt.handed_in_at) : new Date();
  const mark = answer.receipt.observation_sha256;
  return (
    <div role="status">
      <h2>Handed in</h2>
      <p>
        Receipt: <span class="vig-time">{dateAndTime(when)}</span>
        {mark && (
          <>
            , fingerprint <code title={mark}>{mark.slice(0, 12)}</code>
          </>
        )}
      </p>
      <p>
        <a class="vig-primary" href={answer.feedback}>
          See what you saw
        </a>
      </p>
    </div>
  );
}

async function handIn(session: Session, boot: Boot): Promise<Answer> {
  session.coder.closeAll();
  session.drafts.saveAll();
  await saved(session);
  return post(boot);
}

/** Goes to the feedback of what has been handed in: asked once more, the service names the attempt that there is. */
export async function goToFeedback(session: Session, boot: Boot): Promise<void> {
  try {
    location.assign((await post(boot)).feedback);
  } catch (error) {
    session.model.refusal.value = error instanceof Error ? error.message : String(error);
  }
}

async function post(boot: Boot): Promise<Answer> {
  const answer = await fetch(boot.handIn ?? "", {
    method: "POST",
    credentials: "same-origin",
    headers: { "X-XSRFToken": boot.xsrf, "Content-Type": "application/json" },
    body: "{}",
  }).catch(() => {
    throw new Error(
      "The service did not answer, so nothing was handed in; your moments are kept. Try again in a moment.",
    );
  });
  if (answer.status === 401) throw new NotSignedIn();
  const body = (await answer.json().catch(() => null)) as
    | (Answer & { error?: string; reason?: string })
    | null;
  if (!answer.ok || !body)
    throw new Error(
      body?.error ??
        body?.reason ??
        `It was not handed in (${answer.status}); your moments are kept. Try again in a moment.`,
    );
  return body;
}

/** Resolves when every edit is confirmed, those of the clip tray as well. */
export function saved({ saving }: Pick<Session, "saving">): Promise<void> {
  if (!saving.value) return Promise.resolve();
  return new Promise((resolve, reject) => {
    let stop = () => {};
    const timer = setTimeout(() => {
      stop();
      const waiting = saving.value?.waiting ?? 0;
      reject(
        new Error(
          `${waiting} ${waiting === 1 ? "change is" : "changes are"} not saved yet, so nothing was handed in; check the connection and try again.`,
        ),
      );
    }, PATIENCE);
    let done = false;
    stop = saving.subscribe((state) => {
      if (state?.phase === "signed-out") {
        done = true;
        clearTimeout(timer);
        stop();
        reject(new NotSignedIn());
      }
      if (state && (state.waiting > 0 || state.phase !== "live")) return;
      done = true;
      clearTimeout(timer);
      stop();
      resolve();
    });
    if (done) stop();
  });
}
