/** The small parts that the film's tools are made of. */
import type { ComponentChildren } from "preact";

interface GroupProps {
  name: string;
  /** Takes the room of two. */
  wide?: boolean;
  children: ComponentChildren;
}

export function Group({ name, wide, children }: GroupProps) {
  return (
    <fieldset class={wide ? "vig-tool-group is-wide" : "vig-tool-group"}>
      <legend>{name}</legend>
      <div>{children}</div>
    </fieldset>
  );
}

interface ToolProps {
  /** What it does, in full. */
  label: string;
  /** What stands on it. */
  say: string;
  keys?: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

export function Tool({ label, say, keys, pressed, disabled, onClick }: ToolProps) {
  return (
    <button
      type="button"
      class="vig-tool"
      // What stands on it is the beginning of its name, so that it can be asked for by voice.
      aria-label={`${say}: ${label}`}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      title={keys ? `${label} (${keys})` : label}
      disabled={disabled ?? false}
      onClick={onClick}
    >
      {say}
    </button>
  );
}

interface AmountProps {
  value: number;
  least: number;
  most: number;
  step: number;
  unit: string;
  label: string;
  onChange: (value: number) => void;
}

export function Amount({ value, least, most, step, unit, label, onChange }: AmountProps) {
  return (
    <label class="vig-amount">
      <input
        type="number"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-label={`${label}, ${unit}`}
        onChange={(event) => {
          const { valueAsNumber } = event.currentTarget;
          if (Number.isFinite(valueAsNumber)) onChange(valueAsNumber);
          event.currentTarget.value = String(value);
        }}
      />
      <span aria-hidden="true">{unit}</span>
    </label>
  );
}
