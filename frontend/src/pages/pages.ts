/** What every page that is read adds with a script: times in the reader's own zone. Without it they stand in UTC. */

const LONG = new Intl.DateTimeFormat(document.documentElement.lang || "en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
  const moment = new Date(element.dateTime);
  if (Number.isNaN(moment.getTime())) continue;
  element.title = element.textContent ?? "";
  element.textContent = LONG.format(moment);
}
