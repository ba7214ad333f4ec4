/** “I see it otherwise” at a difference: opens the field at the page's end with that difference chosen. */

/** A click on the link of a difference; without this script the link still leads to the field. */
export function chooseOtherwise(event: Event): void {
  const { target } = event;
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[data-otherwise]") : null;
  const field = document.querySelector<HTMLSelectElement>("#otherwise-item");
  if (!link || !field) return;
  const item = link.dataset.otherwise ?? "";
  if (![...field.options].some(({ value }) => value === item)) return;
  event.preventDefault();
  field.value = item;
  field.scrollIntoView({ block: "center" });
  document.getElementById("otherwise-reason")?.focus({ preventScroll: true });
}
