/** The section with the figures: fetched when it comes near, and its line follows the slider of the review player. */

/** Which of the columns is nearest to a tolerance. */
export function nearest(steps: readonly number[], tolerance: number): number {
  let best = 0;
  steps.forEach((step, i) => {
    if (Math.abs(step - tolerance) < Math.abs((steps[best] as number) - tolerance)) best = i;
  });
  return best;
}

/** Fetches the section into its place, once; what stands there already (a link) stays when that fails. */
export async function fetchSides(place: HTMLElement): Promise<boolean> {
  const address = place.dataset.part;
  if (!address) return false;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return false;
    place.innerHTML = await answer.text();
    return true;
  } catch {
    return false;
  }
}

/** Moves the line of every drawing, and the sentence, to a tolerance in microseconds. */
export function showTolerance(place: HTMLElement, tolerance: number): void {
  const says = place.querySelector<HTMLElement>("[data-steps]");
  if (!says) return;
  const steps = JSON.parse(says.dataset.steps ?? "[]") as [number, string][];
  const at = nearest(
    steps.map(([step]) => step),
    tolerance,
  );
  const sentence = steps[at]?.[1];
  if (sentence && says.textContent !== sentence) says.textContent = sentence;
  for (const chart of place.querySelectorAll<SVGElement>("[data-xs]")) {
    const x = chart.dataset.xs?.split(" ")[at];
    const line = chart.querySelector(".chart-now");
    if (!x || !line) continue;
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    line.setAttribute("visibility", "visible");
  }
}
