/** Which moments are listed, and how many: by words, by lane or behaviour, by who acts. */
import { EVERYTHING, type Filter, isOpen } from "../model/filter";
import { goToList } from "../ui/draft";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { chooseAll } from "./acts";

export function FilterBar({ session }: { session: Session }) {
  const { desk, model } = session;
  const filter = desk.filter.value;
  const set = (part: Partial<Filter>) => {
    desk.filter.value = { ...filter, ...part };
  };
  const all = model.sorted.value.length;
  const some = desk.listed.value.length;
  return (
    <search class="vig-filter">
      <input
        type="search"
        class="vig-find"
        aria-label="Find among the moments"
        title="Find in notes and names"
        placeholder="Find"
        maxLength={200}
        value={filter.text}
        onInput={(event) => set({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.isComposing || (event.key !== "Escape" && event.key !== "Enter")) return;
          event.preventDefault();
          event.stopPropagation();
          // Enter goes to what was found, Escape back to everything.
          if (event.key === "Escape") set(EVERYTHING);
          goToList(session);
        }}
      />
      <Codes session={session} value={filter.code} onChange={(code) => set({ code })} />
      <select
        aria-label="Who acts"
        value={filter.actor ?? ""}
        onChange={(event) => set({ actor: event.currentTarget.value || null })}
      >
        <option value="">everybody</option>
        {model.cast.map((member) => (
          <option key={member.id} value={member.id}>
            {member.name}
          </option>
        ))}
      </select>
      {!isOpen(filter) && (
        <p class="vig-filter-count" role="status">
          {some} of {all} shown
          <button type="button" class="vig-link" onClick={() => set(EVERYTHING)}>
            show all
          </button>
          {some > 1 && !session.readOnly.value && (
            <button type="button" class="vig-link" onClick={() => chooseAll(session)}>
              choose these
            </button>
          )}
        </p>
      )}
    </search>
  );
}

interface CodesProps {
  session: Session;
  value: string | null;
  onChange(code: string | null): void;
}

function Codes({ session, value, onChange }: CodesProps) {
  const { codebook } = session;
  return (
    <select
      aria-label="Lane or behaviour"
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    >
      <option value="">every lane</option>
      {codebook.lanes.map((lane) => [
        <option key={lane.id} value={lane.id}>
          {codebook.short(lane.id)}
        </option>,
        ...codebook.children(lane.id).map((code) => (
          <option key={code.id} value={code.id}>
            {"\u2003"}
            {codebook.short(code.id)}
          </option>
        )),
      ])}
    </select>
  );
}

/** Turns tapping into choosing several, for hands without a keyboard. */
export function PickButton({ session }: { session: Session }) {
  const { picking } = session.desk;
  if (session.readOnly.value) return null;
  return (
    <button
      type="button"
      class={`vig-quiet vig-pick ${picking.value ? "is-on" : ""}`}
      aria-pressed={picking.value}
      title="Choose several: tap moments, or drag over them on the timeline (Shift V)"
      onClick={() => {
        picking.value = !picking.value;
      }}
    >
      <Icon name="several" /> {picking.value ? "done" : "several"}
    </button>
  );
}
