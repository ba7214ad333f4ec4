/** A dialog element that opens over the page as soon as it is there. */
import { useEffect, useRef } from "preact/hooks";

export function useModal(open: boolean) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
  }, [open]);
  return dialog;
}
