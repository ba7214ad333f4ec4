/** The text, with its line numbers; the line of a fault stands out, and the fault is one click away. */
import { useEffect, useRef } from "preact/hooks";
import type { Desk } from "./desk";

export function Editor({ desk }: { desk: Desk }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const text = desk.text.value;
  const wrong = desk.fault.value?.line ?? 0;
  useEffect(() => {
    const here = area.current;
    if (here && here.value !== text) here.value = text;
  }, [text]);
  const along = () => {
    if (gutter.current && area.current) gutter.current.scrollTop = area.current.scrollTop;
  };
  const count = text.split("\n").length;
  return (
    <div class="vig-preview-editor">
      <div class="vig-preview-gutter" ref={gutter} aria-hidden="true">
        {Array.from({ length: count }, (_, i) => (
          <span key={i} class={i + 1 === wrong ? "is-fault" : ""}>
            {i + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={area}
        class="vig-preview-text"
        aria-label={`Text of ${desk.name}`}
        aria-invalid={wrong > 0}
        spellcheck={false}
        wrap="off"
        defaultValue={text}
        onInput={(event) => desk.write(event.currentTarget.value)}
        onScroll={along}
        onKeyDown={keys}
      />
    </div>
  );
}

/** Tab indents as YAML does; Escape first gives Tab back to the page, so that nobody is caught in here. */
let leaving = false;
function keys(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    leaving = true;
    return;
  }
  const area = event.currentTarget as HTMLTextAreaElement;
  if (event.key === "Tab" && !event.shiftKey && !leaving) {
    event.preventDefault();
    area.setRangeText("  ", area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  leaving = false;
}
