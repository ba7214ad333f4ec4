/** Windows on one piece of work: the real store and model, on lines to the service that are tests' own. */
import { ObservationModel } from "../model/observation";
import { ServiceStore } from "../store/service";
import { CAST } from "./paig";
import { type Service, ServiceLine, SharedOutbox } from "./service";

/** A store of "obs-1" that opens its lines with `dial`; with an outbox of its own it is on another computer. */
export function storeOn(
  dial: () => ServiceLine,
  outbox = new SharedOutbox(),
  lives = () => true,
): ServiceStore {
  return new ServiceStore("ws://x", "obs-1", outbox.of(lives), () => dial().socket);
}

/** A window of the computer whose outbox it is given; on a computer of its own where it is given none. */
export class ServiceWindow {
  readonly lines: ServiceLine[] = [];
  readonly store: ServiceStore;
  readonly model: ObservationModel;
  /** Without a network: a line that it opens is lost at once. */
  off = false;
  private lives = true;

  constructor(
    private readonly service: Service,
    outbox?: SharedOutbox,
  ) {
    this.store = storeOn(
      () => this.dial(),
      outbox,
      () => this.lives,
    );
    this.model = new ObservationModel("obs-1", CAST, this.store);
    this.store.open(this.model);
  }

  /** The line it opened last. */
  get line(): ServiceLine | undefined {
    return this.lines.at(-1);
  }

  get waiting(): number {
    return this.store.state.value.waiting;
  }

  kill(): void {
    this.lives = false;
    this.line?.close();
    this.store.close();
  }

  private dial(): ServiceLine {
    const line = new ServiceLine(this.service);
    if (this.off) line.close();
    this.lines.push(line);
    return line;
  }
}
