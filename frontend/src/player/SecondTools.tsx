/** Setting two cameras of one scene beside each other, by eye or by ear. */
import type { Session } from "../workbench/session";
import type { SecondView } from "./second";
import { Amount, Group, Tool } from "./tool";

const SECOND = 1_000_000;
const NAMES = { beside: "Side by side", corner: "Second small", swapped: "First small" } as const;

export function SecondTools({ session, second }: { session: Session; second: SecondView }) {
  const { follower } = second;
  const nudge = (frames: number) => () => follower.nudge(frames);
  return (
    <Group name="Second camera" wide>
      <Tool
        label="Beside each other, or one of them in the corner"
        keys="\"
        onClick={() => second.rearrange()}
        say={NAMES[second.arrangement.value]}
      />
      <Tool
        label="Hear the second camera too"
        keys="|"
        pressed={follower.heard.value}
        onClick={() => {
          follower.heard.value = !follower.heard.value;
        }}
        say="Hear it"
      />
      <span class="vig-tool-line">
        <Tool label="Second camera ten frames earlier" onClick={nudge(-10)} say="−10" />
        <Tool label="Second camera one frame earlier" keys="Ctrl ," onClick={nudge(-1)} say="−1" />
        <Tool label="Second camera one frame later" keys="Ctrl ." onClick={nudge(1)} say="+1" />
        <Tool label="Second camera ten frames later" onClick={nudge(10)} say="+10" />
        <span class="vig-amount">frames</span>
      </span>
      <span class="vig-tool-line">
        <Amount
          value={Number((follower.offset.value / SECOND).toFixed(3))}
          least={-86_400}
          most={86_400}
          step={0.001}
          unit="s ahead"
          label="How far the second camera's film is ahead of the first's"
          onChange={(value) => second.setOffset(value * SECOND)}
        />
        <Tool
          label="Find the offset from the two sounds"
          onClick={() => void second.match(session.peaks.value)}
          say="Match by sound"
        />
      </span>
      <p class="vig-tool-said" role="status">
        {second.said.value}
      </p>
    </Group>
  );
}
