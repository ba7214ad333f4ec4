/** At the door: whoever comes next finds nothing of what an earlier person did on this computer. */
import { forgetOthers } from "../store/forget";

// Some private windows have no such store, and so nothing to forget.
void forgetOthers().catch(() => undefined);
