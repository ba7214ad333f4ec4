/**
 * What every page that is read adds with a script: times in the reader's own zone (without it they stand in UTC),
 * and no torn picture where one could not be fetched.
 */
import { dateAndTime } from "../model/when";

for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
  const moment = new Date(element.dateTime);
  if (Number.isNaN(moment.getTime())) continue;
  element.title = element.textContent ?? "";
  element.textContent = dateAndTime(moment);
}

for (const picture of document.querySelectorAll<HTMLImageElement>("img.next-picture")) {
  const remove = () => picture.remove();
  if (picture.complete && picture.naturalWidth === 0) remove();
  else picture.addEventListener("error", remove);
}
