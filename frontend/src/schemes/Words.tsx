/** In which language and in whose words the lanes are read. The moments stay as they are. */
import type { Code } from "../contract";
import { Hint } from "../keys/Hint";
import { LENS } from "../keys/meaning";
import { say } from "../model/codebook";
import { language, languagesOf, nameOf } from "../model/language";
import type { Lens } from "../model/lens";
import type { Session } from "../workbench/session";

/** Goes to the next way of reading: own words, then each scheme that lies beside it, then own words again. */
export function toggleLens(session: Session): void {
  const { lens } = session.codebook;
  const here = lens.value ? session.lenses.indexOf(lens.value) : -1;
  lens.value = session.lenses[here + 1] ?? null;
  session.said.value = lens.value
    ? `Shown in the words of ${say(lens.value.title)}. Your moments stay as they are.`
    : `Shown in the words of ${say(session.codebook.scheme.title)}.`;
}

export function Words({ session }: { session: Session }) {
  const languages = languagesOf(session.codebook.scheme);
  const { lens } = session.codebook;
  if (languages.length < 2 && session.lenses.length === 0) return null;
  return (
    <section class="vig-words" aria-label="Words">
      {languages.length > 1 && (
        <label class="vig-words-language">
          <span>Labels in</span>
          <select
            value={language.value}
            onChange={(event) => {
              language.value = event.currentTarget.value;
            }}
          >
            {languages.map((tag) => (
              <option key={tag} value={tag} lang={tag}>
                {nameOf(tag)}
              </option>
            ))}
          </select>
        </label>
      )}
      {session.lenses.map((other) => (
        <button
          key={other.across.crosswalk.id}
          type="button"
          class="vig-toggle"
          aria-pressed={lens.value === other}
          title="The same moments in other words"
          onClick={() => {
            lens.value = lens.value === other ? null : other;
          }}
        >
          In the words of {say(other.title)} <Hint session={session} action={LENS} />
        </button>
      ))}
      {lens.value && <Table session={session} lens={lens.value} />}
      <p class="vig-hidden" role="status">
        {session.said.value}
      </p>
    </section>
  );
}

/** Under another scheme's name: what the moment is tagged as, and what the table says beside it. */
export function LensNote({ session, code }: { session: Session; code: string }) {
  const { codebook } = session;
  const lens = codebook.lens.value;
  if (!lens) return null;
  const { beside, says } = lens.counterpart(code, codebook.laneOf(code).id);
  const near = beside.map((other) => say(other.label)).join(" · ");
  return (
    <p class="vig-soft">
      Tagged as “{say(codebook.code(code)?.label)}”.{near && ` Named beside it: ${near}.`}
      {says && ` ${say(says)}`}
    </p>
  );
}

/** The whole table: each of our lanes with what the sources lay beside it, or that they lay nothing there. */
function Table({ session, lens }: { session: Session; lens: Lens }) {
  const { codebook } = session;
  const lanes = codebook.lanes.filter((lane) => !lens.across.crosswalk.same?.includes(lane.id));
  return (
    <div class="vig-crosswalk">
      <p>{say(lens.across.crosswalk.about)} Your moments stay as they are.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(codebook.scheme.title)}</th>
            <th scope="col">{say(lens.title)}</th>
          </tr>
        </thead>
        <tbody>
          {lanes.map((lane) => (
            <tr key={lane.id}>
              <th scope="row">{say(lane.label)}</th>
              <td>
                <Across lens={lens} lane={lane} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Across({ lens, lane }: { lens: Lens; lane: Code }) {
  const { codes, beside, says } = lens.counterpart(lane.id, lane.id);
  const names = (list: Code[]) => list.map((code) => say(code.label)).join(" · ");
  return (
    <>
      {codes.length ? names(codes) : <em>The sources give no counterpart.</em>}
      {beside.length > 0 && <span class="vig-soft"> Named beside it: {names(beside)}.</span>}
      {says && <span class="vig-soft"> {say(says)}</span>}
    </>
  );
}
