/** Everything that can be done with the film, within reach of a finger: what the keys do, and how far they go. */
import { BRIGHTNESS } from "../look/look";
import type { Session } from "../workbench/session";
import { PlaceTools } from "./PlaceTools";
import { CHOICES, type PrefName } from "./prefs";
import { SecondTools } from "./SecondTools";
import { Amount, Group, Tool } from "./tool";

interface Props {
  session: Session;
}

export function Tools({ session }: Props) {
  return (
    <section class="vig-tools" aria-label="The film's tools">
      <Jumps session={session} />
      <Again session={session} />
      <InAndOut session={session} />
      <Closer session={session} />
      {session.film.sound && <Loudness session={session} />}
      <PlaceTools session={session} />
      {session.second && <SecondTools session={session} second={session.second} />}
    </section>
  );
}

/** How loud it is; on a narrow screen this is the only place for it. */
function Loudness({ session }: Props) {
  const now = session.muted.value ? 0 : session.volume.value;
  return (
    <Group name="Sound">
      <label class="vig-tool-line vig-bright">
        Loudness
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={now}
          style={{ "--share": `${now * 100}%` }}
          onInput={(event) => {
            session.volume.value = Number(event.currentTarget.value);
            session.muted.value = false;
          }}
        />
      </label>
    </Group>
  );
}

/** A number that the person chooses, and this browser keeps. */
function Chosen({ session, name, unit, label }: Props & { name: PrefName; unit: string; label: string }) {
  const { prefs } = session.transport;
  const { least, most } = CHOICES[name];
  return (
    <Amount
      value={prefs.get(name)}
      least={least}
      most={most}
      step={name === "frames" ? 1 : 0.1}
      unit={unit}
      label={label}
      onChange={(value) => prefs.set(name, name === "frames" ? Math.round(value) : value)}
    />
  );
}

function Jumps({ session }: Props) {
  const { clock, transport } = session;
  const frames = transport.prefs.get("frames");
  const skip = (seconds: number) => () => clock.skip(seconds);
  return (
    <Group name="Jump">
      <Tool label="Five seconds back" keys="Page up" onClick={skip(-5)} say="−5 s" />
      <Tool label="One second back" keys="Shift ←" onClick={skip(-1)} say="−1 s" />
      <Tool label="0.2 seconds back" keys="U" onClick={skip(-0.2)} say="−0.2 s" />
      <Tool label="0.2 seconds on" keys="O" onClick={skip(0.2)} say="+0.2 s" />
      <Tool label="One second on" keys="Shift →" onClick={skip(1)} say="+1 s" />
      <Tool label="Five seconds on" keys="Page down" onClick={skip(5)} say="+5 s" />
      <span class="vig-tool-line">
        <Tool
          label={`${frames} frames back`}
          keys="<"
          onClick={() => clock.step(-frames)}
          say={`−${frames}`}
        />
        <Tool label={`${frames} frames on`} keys=">" onClick={() => clock.step(frames)} say={`+${frames}`} />
        <Chosen session={session} name="frames" unit="frames" label="Frames in a long step" />
      </span>
    </Group>
  );
}

function Again({ session }: Props) {
  const { transport, clock, model } = session;
  return (
    <Group name="See it again">
      <span class="vig-tool-line">
        <Tool
          label="Quick review: back a little, then play"
          keys="Q"
          onClick={() => transport.review()}
          say="Review"
        />
        <Chosen session={session} name="preRoll" unit="s back" label="How far a quick review goes back" />
      </span>
      <span class="vig-tool-line">
        <Tool
          label="Play the selected moment with a little around it"
          keys="Shift P"
          onClick={() => transport.playAround()}
          disabled={!model.selectedTag.value}
          say="Moment"
        />
        <Chosen session={session} name="around" unit="s around" label="How much is played around a moment" />
      </span>
      <span class="vig-tool-line">
        <Tool
          label="Walk: step through the loop or the moment by itself"
          keys="W"
          pressed={clock.walking.value}
          onClick={() => transport.walk()}
          say="Walk"
        />
        <Chosen session={session} name="pace" unit="frames/s" label="Frames a second of a walk" />
      </span>
    </Group>
  );
}

function InAndOut({ session }: Props) {
  const { transport, clock } = session;
  const none =
    clock.loop.value === null && session.marks.value.start === null && session.marks.value.end === null;
  const nudge = (which: "start" | "end", by: number) => () => transport.nudgeMark(which, by);
  return (
    <Group name="In and out">
      <span class="vig-tool-line">
        <Tool
          label="From this frame"
          keys="[ or Shift I"
          onClick={() => session.mark("start")}
          say="In here"
        />
        <Tool
          label="In one frame earlier"
          keys="Shift A"
          onClick={nudge("start", -1)}
          disabled={none}
          say="◂"
        />
        <Tool label="In one frame later" keys="Shift S" onClick={nudge("start", 1)} disabled={none} say="▸" />
      </span>
      <span class="vig-tool-line">
        <Tool label="To this frame" keys="] or Shift O" onClick={() => session.mark("end")} say="Out here" />
        <Tool
          label="Out one frame earlier"
          keys="Shift D"
          onClick={nudge("end", -1)}
          disabled={none}
          say="◂"
        />
        <Tool label="Out one frame later" keys="Shift F" onClick={nudge("end", 1)} disabled={none} say="▸" />
      </span>
      <Tool
        label="Take in and out away"
        keys="Shift R"
        onClick={() => session.clearMarks()}
        disabled={none}
        say="Take both away"
      />
    </Group>
  );
}

function Closer({ session }: Props) {
  const { look, model, readOnly } = session;
  const tag = model.selectedTag.value;
  return (
    <Group name="Look closer">
      <Tool
        label="Draw around what you want to see; or drag with Shift"
        pressed={look.drawing.value}
        onClick={() => {
          look.drawing.value = !look.drawing.value;
        }}
        say="Draw"
      />
      <Tool label="Closer" keys="E" onClick={() => look.zoom(0.8)} say="Closer" />
      <Tool label="Further away" keys="Shift E" onClick={() => look.zoom(1.25)} say="Further" />
      <Tool
        label="Whole picture, or back to the close-up"
        keys="Z"
        onClick={() => look.toggle()}
        say={look.zoomed.value ? "Whole" : "Back in"}
      />
      <Tool
        label="Mirror the picture"
        keys="Ctrl Shift X"
        pressed={look.mirror.value}
        onClick={() => look.turn()}
        say="Mirror"
      />
      <label class="vig-tool-line vig-bright">
        Light
        <input
          type="range"
          min={BRIGHTNESS.least}
          max={BRIGHTNESS.most}
          step={BRIGHTNESS.step}
          value={look.brightness.value}
          style={{
            "--share": `${((look.brightness.value - BRIGHTNESS.least) / (BRIGHTNESS.most - BRIGHTNESS.least)) * 100}%`,
          }}
          onInput={(event) => {
            look.brightness.value = Number(event.currentTarget.value);
          }}
        />
      </label>
      {!readOnly.value && (
        <span class="vig-tool-line">
          <Tool
            label="Keep this close-up with the selected moment, from this frame on"
            keys="Ctrl E"
            onClick={() => look.save()}
            disabled={!tag}
            say="Keep with moment"
          />
          {(tag?.looks?.length ?? 0) > 0 && (
            <Tool
              label="Take the moment's close-ups away"
              onClick={() => look.forget()}
              say={`Drop ${tag?.looks?.length}`}
            />
          )}
        </span>
      )}
    </Group>
  );
}
