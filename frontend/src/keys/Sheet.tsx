/** The sheet of all keys, written from the key table. */
import { useEffect, useRef } from "preact/hooks";
import { HowTo } from "../tagger/HowTo";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { keyName } from "./name";
import { type KeyAction, keyTable } from "./table";

export function Sheet({ session }: { session: Session }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = session.sheet.value;
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  const close = () => {
    session.sheet.value = false;
  };
  const all = keyTable(session).filter((action) => !action.edits || !session.readOnly.value);
  const groups = [...new Set(all.map((action) => action.group))];
  return (
    <dialog ref={dialog} class="vig-dialog vig-sheet" aria-label="All keys" onClose={close}>
      <header>
        <h2>All keys</h2>
        <button type="button" class="vig-quiet" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {!session.readOnly.value && !session.rating && <HowTo session={session} />}
      <div class="vig-sheet-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>{all.filter((action) => action.group === group).map(line)}</dl>
            {group === "Tag" && (
              <p>
                {!session.readOnly.value && (
                  <button type="button" class="vig-link" onClick={() => codes(session)}>
                    Change these keys
                  </button>
                )}
              </p>
            )}
          </section>
        ))}
      </div>
    </dialog>
  );
}

function codes(session: Session): void {
  session.sheet.value = false;
  session.desk.dialog.value = "codes";
}

function line(action: KeyAction) {
  return (
    <div key={action.what}>
      <dt>
        {(action.shown ?? action.keys).map((key) => (
          <kbd key={key}>{keyName(key)}</kbd>
        ))}
      </dt>
      <dd>{action.what}</dd>
    </div>
  );
}
