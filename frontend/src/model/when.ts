/**
 * When something was, for people: one form on every page, in the page's language and the reader's own zone; as
 * vigwidgets/dates.py writes it.
 */
export function dateAndTime(
  moment: Date,
  page = globalThis.document?.documentElement.lang,
  timeZone?: string,
): string {
  // English is British here.
  const language = !page || page === "en" ? "en-GB" : page;
  const zone = timeZone ? { timeZone } : {};
  const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", ...zone });
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", ...zone });
  return `${day.format(moment)}, ${time.format(moment)}`;
}
