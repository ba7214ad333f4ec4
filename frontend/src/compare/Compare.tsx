/** Who is laid beside one's own moments, what the forms mean, and a walk through the differences. */
import { Hint } from "../keys/Hint";
import { NEXT } from "../keys/meaning";
import type { Session } from "../workbench/session";
import type { Form } from "./align";
import { type Comparison, countSentence, sentenceOf } from "./comparison";

const FORMS: [Form, string][] = [
  ["both", ""],
  ["alone", "seen by one"],
  ["edge", "named alike, begins or ends elsewhere"],
  ["name", "named otherwise"],
];

/** What the plain form means: beside a mark it is the mark that says so, and it may leave something out. */
function alikeIn(comparison: Comparison): string {
  if (!comparison.byMark()) return "named alike, with the same edges";
  return comparison.uncounted() ? "seen alike, or not counted in this exercise" : "seen alike";
}

export function Compare({ session }: { session: Session }) {
  const { comparison } = session;
  if (comparison.observers.length === 0) return null;
  return (
    <section class="vig-card vig-compare" aria-label="Beside what others saw">
      <header>
        <h2>Side by side</h2>
        <fieldset class="vig-chips vig-compare-who" aria-label="Whose moments to lay beside yours">
          {comparison.observers.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              class="vig-toggle"
              aria-pressed={comparison.shown.value.has(id)}
              onClick={() => comparison.toggle(id)}
            >
              {name}
            </button>
          ))}
          {comparison.active.value && (
            <button
              type="button"
              class="vig-toggle"
              aria-pressed={comparison.together.value}
              onClick={() => {
                comparison.together.value = !comparison.together.value;
              }}
            >
              Lane by lane
            </button>
          )}
        </fieldset>
      </header>
      {comparison.active.value && (
        <>
          <Walk session={session} />
          {comparison.adjustable && <Within session={session} />}
          <ul class="vig-forms" aria-label="What the forms mean">
            {FORMS.map(([form, words]) => (
              <li key={form}>
                <Sample form={form} /> {form === "both" ? alikeIn(comparison) : words}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Walk({ session }: { session: Session }) {
  const { comparison, codebook } = session;
  const [all, now, at] = [comparison.differences.value, comparison.now.value, comparison.at.value];
  return (
    <div class="vig-walk">
      <p class="vig-walk-count">{countSentence(comparison)}</p>
      {all.length > 0 && (
        <div class="vig-walk-steps">
          <button
            type="button"
            class="vig-quiet"
            aria-label="Difference before"
            onClick={() => comparison.step(-1)}
          >
            ‹
          </button>
          <span class="vig-time">
            {at === null ? "–" : at + 1} / {all.length}
          </span>
          <button
            type="button"
            class="vig-quiet"
            aria-label="Next difference"
            onClick={() => comparison.step(1)}
          >
            › <Hint session={session} action={NEXT} />
          </button>
        </div>
      )}
      <p class="vig-walk-says" role="status">
        {now
          ? sentenceOf(now, codebook, comparison.who, comparison.shown.value.size)
          : "Choose a moment to play it, or go through them one by one."}
      </p>
    </div>
  );
}

/** The steps of the slider, in microseconds: the same at which the page's figures are drawn. */
export const STEPS = [100, 200, 300, 500, 750, 1000, 1500, 2000].map((ms) => ms * 1000);

/** How far apart edges may lie and still be alike: a stricter or a more generous eye. */
function Within({ session: { comparison } }: { session: Session }) {
  const within = comparison.within.value;
  const now = within ?? comparison.usual.edge;
  const place = STEPS.reduce(
    (best, step, i) => (Math.abs(step - now) < Math.abs((STEPS[best] ?? 0) - now) ? i : best),
    0,
  );
  const words = `${(now / 1_000_000).toLocaleString("en-GB")} s`;
  return (
    <div class="vig-within">
      <label>
        <span>Edges may differ by</span>
        <input
          type="range"
          min={0}
          max={STEPS.length - 1}
          step={1}
          value={place}
          aria-valuetext={words}
          onInput={(event) => {
            comparison.within.value = STEPS[Number(event.currentTarget.value)] ?? null;
          }}
        />
      </label>
      <output class="vig-time">{words}</output>
      {within !== null && (
        <button
          type="button"
          class="vig-quiet"
          onClick={() => {
            comparison.within.value = null;
          }}
        >
          As in marking
        </button>
      )}
    </div>
  );
}

/** A form as it is drawn on the timeline. */
function Sample({ form }: { form: Form }) {
  return (
    <svg class="vig-form" viewBox="0 0 36 16" width="36" height="16" aria-hidden="true" focusable="false">
      <path
        d={
          form === "edge"
            ? "M4 0H32Q36 0 36 4V12Q36 16 32 16H0L8 8L0 0Z"
            : "M4 0H32Q36 0 36 4V12Q36 16 32 16H4Q0 16 0 12V4Q0 0 4 0Z"
        }
        fill="var(--vig-ink-soft)"
      />
      {form === "alone" && (
        <path d="M2 16L14 0M10 16L22 0M18 16L30 0M26 16L36 2" stroke="var(--vig-card)" stroke-width="2" />
      )}
      {form === "name" && (
        <path d="M4 3H32M4 13H32" stroke="var(--vig-card)" stroke-width="2.5" stroke-dasharray="2.5 3" />
      )}
    </svg>
  );
}
