/** What the preview knows: the text, whether it holds, the moment that is shown, and how far the film is. */
import { type Signal, signal } from "@preact/signals";
import type { Line } from "./line";

export interface Fault {
  /** From 1; 0 when it is the whole script. */
  line: number;
  says: string;
}

export interface Span {
  start: number;
  end: number;
}

/** A script that holds; times in microseconds. */
export interface Told {
  id: string;
  title: string;
  duration: number;
  second: boolean;
  cast: Record<string, string>;
  acts: readonly (Span & { actor: string; does: string; what: string })[];
  beats: readonly (Span & { codes: readonly string[]; says: string })[];
}

interface Checked {
  kept: string;
  fault: Fault | null;
  film: Told | null;
}

export interface News {
  text: string | null;
  drawing: boolean;
  share: number;
  first: boolean;
  drawn: boolean;
  failed: string | null;
}

/** After the last key the text is kept and checked; and the kernel is asked for news so often. In milliseconds. */
const CALM = 350;
const NEWS = 1_000;
export const FRAME = 40_000;

export class Desk {
  readonly text: Signal<string>;
  readonly fault = signal<Fault | null>(null);
  readonly told = signal<Told | null>(null);
  /** The moment that is shown, in microseconds. */
  readonly at = signal(0);
  readonly second = signal(false);
  readonly playing = signal(false);
  /** Addresses of the picture, of the sheet, and of the film that is played; empty without. */
  readonly picture = signal("");
  readonly sheet = signal("");
  readonly film = signal("");
  /** Which part of the film is played, while the rest is drawn or after. */
  readonly part = signal<"first" | "whole" | null>(null);
  readonly news = signal<News | null>(null);
  /** What was kept, or why not, and what else is to be said. */
  readonly said = signal("");
  private ended = false;
  private calm: ReturnType<typeof setTimeout> | undefined;
  private round: ReturnType<typeof setTimeout> | undefined;
  private asking = false;
  private stale = false;

  constructor(
    private readonly line: Line,
    text: string,
    readonly name: string,
  ) {
    this.text = signal(text);
  }

  begin(): void {
    void this.check();
    this.round = setTimeout(() => void this.listen(), NEWS);
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.calm);
    clearTimeout(this.round);
    this.playing.value = false;
    for (const one of [this.picture, this.sheet, this.film]) forget(one);
  }

  /** Takes what was typed; it is kept and checked when the hands rest. */
  write(text: string): void {
    this.text.value = text;
    clearTimeout(this.calm);
    this.calm = setTimeout(() => void this.check(), CALM);
  }

  /** Keeps the text and asks whether it holds. */
  async check(): Promise<void> {
    clearTimeout(this.calm);
    this.calm = undefined;
    const { text } = this;
    const asked = text.value;
    await this.attempt(async () => {
      const { value } = await this.line.ask<Checked>({ type: "check", text: asked });
      if (text.value !== asked) return;
      this.said.value = value.kept || `Saved in ${this.name}`;
      this.fault.value = value.fault;
      if (!value.film) return;
      this.told.value = value.film;
      if (!value.film.second) this.second.value = false;
      this.show(Math.min(this.at.value, value.film.duration - FRAME));
    });
  }

  /** Shows a moment; while one is asked for, the latest wins. */
  show(at: number): void {
    const told = this.told.value;
    if (!told) return;
    this.at.value = Math.min(Math.max(Math.round(at / FRAME) * FRAME, 0), told.duration - FRAME);
    this.stale = true;
    if (!this.asking) void this.draw();
  }

  /** Goes through the film at its own pace, as far as the drawing keeps up; a second call stops. */
  async play(): Promise<void> {
    const told = this.told.value;
    if (!told || this.playing.value) {
      this.playing.value = false;
      return;
    }
    this.playing.value = true;
    const from = this.at.value >= told.duration - 2 * FRAME ? 0 : this.at.value;
    const began = performance.now();
    while (this.playing.value && !this.ended) {
      const at = from + (performance.now() - began) * 1_000;
      this.show(at);
      if (at >= told.duration - FRAME) break;
      await new Promise((next) => setTimeout(next, 20));
    }
    this.playing.value = false;
  }

  /** Draws the sheet and opens it. */
  async openSheet(): Promise<void> {
    await this.attempt(async () => {
      const { bytes } = await this.line.ask({ type: "sheet" });
      put(this.sheet, bytes, "image/png");
    });
  }

  closeSheet(): void {
    forget(this.sheet);
  }

  /** Has the whole film drawn; its first seconds play as soon as they are there. */
  async drawFilm(): Promise<void> {
    this.closeFilm();
    await this.attempt(async () => {
      this.news.value = { text: null, ...(await this.line.ask<Omit<News, "text">>({ type: "draw" })).value };
      this.said.value = "The film is being drawn.";
    });
  }

  closeFilm(): void {
    forget(this.film);
    this.part.value = null;
  }

  async openFilm(part: "first" | "whole"): Promise<void> {
    await this.attempt(async () => {
      const { bytes } = await this.line.ask({ type: "film", part });
      put(this.film, bytes, "video/mp4");
      this.part.value = part;
    });
  }

  private async draw(): Promise<void> {
    this.asking = true;
    await this.attempt(async () => {
      while (this.stale && !this.ended) {
        this.stale = false;
        const { bytes } = await this.line.ask({
          type: "frame",
          at: this.at.value,
          second: this.second.value,
        });
        put(this.picture, bytes, "image/jpeg");
      }
    });
    this.asking = false;
  }

  private async listen(): Promise<void> {
    try {
      const { value } = await this.line.ask<News>({ type: "news" });
      await this.hear(value);
    } catch {
      // The kernel is busy or gone: what the author asks for says so, this need not.
    }
    if (!this.ended) this.round = setTimeout(() => void this.listen(), NEWS);
  }

  private async hear(news: News): Promise<void> {
    const before = this.news.value;
    this.news.value = news;
    if (news.text !== null && this.calm === undefined) {
      this.text.value = news.text;
      await this.check();
    }
    if (news.drawing && news.first && this.part.value === null) await this.openFilm("first");
    if (before?.drawing && !news.drawing)
      this.said.value = news.failed ?? "The film is drawn and in the library.";
  }

  private async attempt(doing: () => Promise<void>): Promise<void> {
    try {
      await doing();
    } catch (error) {
      if (!this.ended) this.said.value = error instanceof Error ? error.message : String(error);
    }
  }
}

function put(where: Signal<string>, bytes: Uint8Array<ArrayBuffer>, type: string): void {
  forget(where);
  where.value = URL.createObjectURL(new Blob([bytes], { type }));
}

function forget(where: Signal<string>): void {
  if (where.value) URL.revokeObjectURL(where.value);
  where.value = "";
}
