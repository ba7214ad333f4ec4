/** The exercise page's script: mounts the workbench from the boot data in the page, without any kernel. */
import type { Boot } from "./boot";
import { mountWorkbench } from "./workbench/mount";

const place = document.getElementById("workbench");
const data = document.getElementById("boot")?.textContent;
if (place && data) void mountWorkbench(place, JSON.parse(data) as Boot);
