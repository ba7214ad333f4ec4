/** The key of an action as it stands on this page: a scheme, or the person, may have given the usual one away. */
import type { Session } from "../workbench/session";
import { keyName } from "./name";
import { keyTable } from "./table";

export function Hint({ session, action }: { session: Session; action: string }) {
  const key = keyTable(session).find(({ what }) => what === action)?.keys[0];
  return key ? <kbd aria-hidden="true">{keyName(key)}</kbd> : null;
}
