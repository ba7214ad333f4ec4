/** The part of Jupyter's widget manager that a figure needs: models are fetched when something first names them. */
import {
  type IWidgetManager,
  put_buffers,
  uuid,
  type WidgetModel,
  type WidgetView,
} from "@jupyter-widgets/base";
import type { Incoming } from "../../pages/_channels";
import type { Shelf } from "./amd";
import { FrameComm } from "./comm";

type State = Record<string, unknown>;
type ModelClass = (new (
  state: State,
  options: object,
) => WidgetModel) & {
  _deserialize_state(state: State, manager: Manager): Promise<State>;
};
type ViewClass = new (options: object) => WidgetView;

export class Manager {
  private readonly models = new Map<string, Promise<WidgetModel>>();
  private readonly comms = new Map<string, FrameComm>();

  constructor(
    private readonly shelf: Shelf,
    private readonly say: (id: string, data: unknown) => void,
  ) {}

  /** As the widgets' own type of a manager; they use no more of it than is here. */
  get own(): IWidgetManager {
    return this as unknown as IWidgetManager;
  }

  hear(message: Incoming): void {
    this.comms.get(message.id)?.take(message);
  }

  get_model(id: string): Promise<WidgetModel> {
    const known = this.models.get(id);
    if (known) return known;
    const made = this.make(id);
    this.models.set(id, made);
    return made;
  }

  has_model(id: string): boolean {
    return this.models.has(id);
  }

  async create_view(model: WidgetModel, options: object = {}): Promise<WidgetView> {
    const View = this.classOf(model.get("_view_module"), model.get("_view_name")) as ViewClass;
    const view = new View({ model, options });
    view.listenTo(model, "destroy", view.remove);
    await view.render();
    if (model.views) model.views[uuid()] = Promise.resolve(view);
    return view;
  }

  callbacks(): object {
    return {};
  }

  resolveUrl(url: string): Promise<string> {
    return Promise.resolve(url);
  }

  /** Shows no HTML: what a kernel says is text. */
  inline_sanitize(text: string): string {
    return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }

  private async make(id: string): Promise<WidgetModel> {
    const comm = new FrameComm(id, (data) => this.say(id, data));
    this.comms.set(id, comm);
    const { data, buffers } = await comm.state();
    const told = data.state ?? {};
    put_buffers(told as never, data.buffer_paths ?? [], buffers);
    const Model = this.classOf(told._model_module, told._model_name) as ModelClass;
    const state = await Model._deserialize_state(told, this);
    const model = new Model(state, { widget_manager: this, model_id: id, comm });
    model.name = String(told._model_name);
    model.module = String(told._model_module);
    return model;
  }

  private classOf(module: unknown, name: unknown): unknown {
    const found = this.shelf.get(String(module))[String(name)];
    if (!found) throw new Error(`no widget ${String(name)} in ${String(module)}`);
    return found;
  }
}
