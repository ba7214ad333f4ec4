/** An anywidget's model, as a widget's module uses it, kept in step with the kernel. */
import type { Incoming } from "./_channels";

type Heard = (...args: unknown[]) => void;

/** What a widget's module exports. */
export interface Module {
  default: {
    initialize?(context: { model: KernelModel }): unknown;
    render?(context: { model: KernelModel; el: HTMLElement }): unknown;
  };
}

export class KernelModel {
  private readonly state: Record<string, unknown> = {};
  private readonly changed = new Set<string>();
  private readonly heard = new Map<string, Set<Heard>>();
  private ready = false;

  constructor(private readonly say: (data: unknown) => void) {}

  get(name: string): unknown {
    return this.state[name];
  }

  set(name: string, value: unknown): void {
    this.state[name] = value;
    this.changed.add(name);
    this.tell(`change:${name}`);
    this.tell("change");
  }

  save_changes(): void {
    if (this.changed.size === 0) return;
    const state = Object.fromEntries([...this.changed].map((name) => [name, this.state[name]]));
    this.changed.clear();
    this.say({ method: "update", state, buffer_paths: [] });
  }

  send(content: unknown): void {
    this.say({ method: "custom", content });
  }

  on(event: string, callback: Heard): void {
    const known = this.heard.get(event) ?? new Set();
    this.heard.set(event, known.add(callback));
  }

  once(event: string, callback: Heard): void {
    const first: Heard = (...args) => {
      this.off(event, first);
      callback(...args);
    };
    this.on(event, first);
  }

  off(event: string, callback: Heard): void {
    this.heard.get(event)?.delete(callback);
  }

  /** Takes what the kernel sends. */
  take({ data, buffers }: Incoming): void {
    if (data.method === "custom") this.tell("msg:custom", data.content, buffers);
    if (data.method !== "update") return;
    const fresh = data.state ?? {};
    data.buffer_paths?.forEach((path, index) => {
      const [name, ...rest] = path;
      if (name !== undefined && rest.length === 0) fresh[name] = buffers[index];
    });
    Object.assign(this.state, fresh);
    for (const name of Object.keys(fresh)) this.tell(`change:${name}`);
    this.tell("change");
    if (this.ready) return;
    this.ready = true;
    this.tell("ready");
  }

  private tell(event: string, ...args: unknown[]): void {
    for (const callback of [...(this.heard.get(event) ?? [])]) callback(...args);
  }
}
