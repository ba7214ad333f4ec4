/** One moment is in focus; any number may be chosen with it, to be acted on together. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Tag } from "../contract";
import { byTime } from "./order";
import type { Tags } from "./replica";

export class Selection {
  /** All that are chosen, the one in focus among them. */
  readonly ids: ReadonlySignal<ReadonlySet<string>>;
  /** The same as tags, by time. */
  readonly tags: ReadonlySignal<readonly Tag[]>;
  /** What is chosen together with a focus; when the focus goes elsewhere by itself, it is chosen alone. */
  private readonly many = signal<{ focus: string | null; ids: ReadonlySet<string> }>({
    focus: null,
    ids: new Set(),
  });

  /** @param all The tags now; reading it must depend on every change of them. */
  constructor(
    private readonly focus: Signal<string | null>,
    private readonly all: () => Tags,
  ) {
    effect(() => {
      const here = this.focus.value;
      if (this.many.peek().focus !== here)
        this.many.value = { focus: here, ids: new Set(here ? [here] : []) };
    });
    this.ids = computed(() => {
      const tags = this.all();
      return new Set([...this.many.value.ids].filter((id) => tags.has(id)));
    });
    this.tags = computed(() => {
      const tags = this.all();
      return [...this.ids.value].flatMap((id) => tags.get(id) ?? []).sort(byTime);
    });
  }

  /** Chooses exactly these; the focus is `focus`, or stays where it is if it can, or is the first. */
  choose(ids: Iterable<string>, focus?: string): void {
    const next = new Set(ids);
    const before = this.focus.value;
    const at =
      focus ??
      (before !== null && next.has(before) ? before : (([...next][0] as string | undefined) ?? null));
    batch(() => {
      this.many.value = { focus: at, ids: next };
      this.focus.value = at;
    });
  }

  /** Takes one in, or lets it go. */
  toggle(id: string): void {
    const next = new Set(this.ids.value);
    if (next.delete(id)) return this.choose(next);
    next.add(id);
    this.choose(next, id);
  }
}
