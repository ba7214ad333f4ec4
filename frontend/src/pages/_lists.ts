/** The lists of what is alike and what is not follow the slider; what counts stays as it was marked. */
import type { Paired } from "../compare/marked";

/** How long the slider rests before its lists are fetched, in milliseconds. */
const REST = 150;

const FAILED = "These lists could not be fetched just now, so they stay as in marking.";

/**
 * Returns what shows the lists at a tolerance in microseconds; null: as they were marked.
 *
 * @param place - Where a status says what is shown, and the lists stand.
 * @param paired - Told how moments pair there, for the film's lanes; null: as they were marked.
 */
export function listsAt(
  place: HTMLElement,
  ask: (address: string) => Promise<string> = fetched,
  paired: (pairs: readonly Paired[] | null, tolerance: number) => void = () => undefined,
): (tolerance: number | null) => void {
  const says = place.querySelector<HTMLElement>("[data-lists]");
  const lists = place.querySelector<HTMLElement>(".lists");
  if (!says || !lists) return () => undefined;
  const marked = [...lists.childNodes];
  const known = new Map<number, string>();
  let wanted: number | null = null;
  let rest = 0;

  const back = (words: string) => {
    lists.replaceChildren(...marked);
    paired(null, 0);
    says.textContent = words;
  };
  const load = async (tolerance: number) => {
    try {
      const html = known.get(tolerance) ?? (await ask(`${says.dataset.lists}${tolerance}`));
      known.set(tolerance, html);
      if (wanted !== tolerance) return;
      const made = document.createElement("template");
      made.innerHTML = html;
      lists.replaceChildren(...(made.content.querySelector(".lists")?.childNodes ?? []));
      const said = made.content.querySelector<HTMLElement>(".within-says");
      says.textContent = said?.textContent ?? "";
      paired(JSON.parse(said?.dataset.paired ?? "null"), tolerance);
    } catch {
      if (wanted === tolerance) back(FAILED);
    }
  };
  return (tolerance) => {
    clearTimeout(rest);
    if (tolerance === wanted) return;
    wanted = tolerance;
    if (tolerance === null) back("");
    else rest = window.setTimeout(() => void load(tolerance), REST);
  };
}

async function fetched(address: string): Promise<string> {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}
