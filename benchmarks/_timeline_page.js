// The two other timelines on a page of their own, and one step of each of the three. Bundled when it is run.
import { DataSet, Timeline } from "vis-timeline/standalone";
import WaveSurfer from "wavesurfer.js";
import Regions from "wavesurfer.js/dist/plugins/regions.esm.js";

const CHUNK = 200;
const COLOURS = ["#c9644b66", "#4b7fc966", "#5aa36a66", "#a35a9e66", "#a3935a66", "#5a6fa366"];

function place(height) {
  document.body.innerHTML = `<div id="other" style="width:1200px;height:${height}px"></div>`;
  return document.getElementById("other");
}

/** wavesurfer.js with a region for each tag; null when they are not all there in time. */
async function wavesurfer(tags, seconds, peaks, patience) {
  const regions = Regions.create();
  const wave = WaveSurfer.create({
    container: place(300),
    height: 300,
    peaks: [peaks],
    duration: seconds,
    plugins: [regions],
  });
  if (!(wave.getDuration() > 0)) await new Promise((ready) => wave.once("ready", ready));
  const begun = performance.now();
  for (let i = 0; i < tags.length; i += CHUNK) {
    for (const [lane, start, end] of tags.slice(i, i + CHUNK))
      regions.addRegion({ start, end, color: COLOURS[lane % COLOURS.length] });
    await new Promise((next) => setTimeout(next));
    if (performance.now() - begun > patience) return null;
  }
  return {
    show(start, visible, zoomed) {
      if (zoomed) wave.zoom(1200 / visible);
      wave.setScrollTime(start);
    },
  };
}

/** vis-timeline with a group for each lane and an item for each tag. */
async function vis(tags, seconds) {
  const lanes = [...new Set(tags.map(([lane]) => lane))].map((id) => ({ id, content: `Lane ${id}` }));
  const items = tags.map(([group, start, end], id) => ({
    id,
    group,
    content: "",
    start: start * 1000,
    end: end * 1000,
  }));
  const timeline = new Timeline(place(600), new DataSet(items), new DataSet(lanes), {
    height: 600,
    stack: false,
    start: 0,
    end: seconds * 1000,
    showCurrentTime: false,
  });
  await new Promise((drawn) => timeline.once("changed", drawn));
  return {
    show(start, visible) {
      timeline.setWindow(start * 1000, (start + visible) * 1000, { animation: false });
    },
  };
}

/** Ours, moved as a person moves it: by the wheel over its canvas. */
function ours(seconds) {
  const canvas = [...document.querySelectorAll(".vig-canvases canvas")].at(-1);
  const box = canvas.getBoundingClientRect();
  const seen = { start: 0, visible: seconds };
  const wheel = (more) =>
    canvas.dispatchEvent(
      new WheelEvent("wheel", {
        bubbles: true,
        cancelable: true,
        clientX: box.left + box.width / 2,
        clientY: box.top + box.height / 2,
        ...more,
      }),
    );
  return {
    show(start, visible, zoomed) {
      if (zoomed) wheel({ deltaY: Math.log(visible / seen.visible) / 0.0016 });
      else wheel({ deltaX: ((start - seen.start) / visible) * box.width });
      seen.start = start;
      seen.visible = visible;
    },
  };
}

/** Shows a stretch, and comes back when it has been drawn. */
async function step(timeline, start, visible, zoomed) {
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  timeline.show(start, visible, zoomed);
  await frame();
  await frame();
  await new Promise((next) => setTimeout(next));
}

window.bench = { wavesurfer, vis, ours, step };
