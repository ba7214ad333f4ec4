/** What every page that is read adds with a script: no torn picture where one could not be fetched, and printing. */

for (const picture of document.querySelectorAll<HTMLImageElement>("img.next-picture")) {
  const remove = () => picture.remove();
  if (picture.complete && picture.naturalWidth === 0) remove();
  else picture.addEventListener("error", remove);
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

export {};
