/** The exercise page's script: mounts the workbench from the boot data in the page, without any kernel. */
import type { Boot } from "./boot";
import { mountWorkbench } from "./workbench/mount";

// "Do it again" has begun anew by now; a reload, or the way back here after handing in, must not do so once more.
const here = new URL(location.href);
if (here.searchParams.has("again")) {
  here.searchParams.delete("again");
  history.replaceState(history.state, "", here);
}

const place = document.getElementById("workbench");
const data = document.getElementById("boot")?.textContent;
if (place && data) void mountWorkbench(place, JSON.parse(data) as Boot);
