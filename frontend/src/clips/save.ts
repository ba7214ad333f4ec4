/** Exporting on a page of the service: the files come as one archive. */

/** Fetches the archive and hands it to the browser; resolves with a sentence, rejects with the service's own. */
export async function saveArchive(address: string): Promise<string> {
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" }).catch(() => {
    throw new Error("The service did not answer, so nothing was made; try again in a moment.");
  });
  if (!answer.ok) {
    const body = (await answer.json().catch(() => null)) as { error?: string } | null;
    throw new Error(body?.error ?? `The films were not made (${answer.status}); try again in a moment.`);
  }
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = "review.zip";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return "Saved as review.zip. Keep it as safe as the film itself.";
}
