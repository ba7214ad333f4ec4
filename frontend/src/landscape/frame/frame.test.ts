// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Comm, Incoming } from "../../pages/_channels";
import { FrameComm } from "./comm";
import { openFigure } from "./page";
import type { FromFrame } from "./wire";

const names = { adults: ["nothing"], children: ["nothing"] };

afterEach(() => vi.useRealTimers());

describe("a widget's line, in the frame", () => {
  it("gives the first state to whoever asked, and what follows to the widget", async () => {
    const say = vi.fn();
    const comm = new FrameComm("points", say);
    const heard = vi.fn();
    comm.on_msg(heard);
    const first = comm.state();
    expect(say).toHaveBeenCalledWith({ method: "request_state" });
    const state: Incoming = { id: "points", data: { method: "update", state: { size: 1 } }, buffers: [] };
    comm.take({ id: "points", data: { method: "echo_update", state: { size: 7 } }, buffers: [] });
    comm.take(state);
    expect(await first).toBe(state);
    expect(heard).not.toHaveBeenCalled();
    const next = { method: "update", state: { clicked: false } };
    comm.take({ id: "points", data: next, buffers: [] });
    expect(heard).toHaveBeenCalledWith({ content: { comm_id: "points", data: next }, buffers: [] });
  });

  it("says that the kernel is free again only after a while, so that turning does not flood it", () => {
    vi.useFakeTimers();
    const status = vi.fn();
    new FrameComm("camera", () => {}).send({}, { iopub: { status } });
    expect(status).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60);
    expect(status).toHaveBeenCalledWith({ content: { execution_state: "idle" } });
  });
});

describe("the page's side of the frame", () => {
  function opened() {
    const comm = { say: vi.fn(), opened() {}, hear() {}, close() {} } satisfies Comm;
    const [drawn, failed] = [vi.fn(), vi.fn()];
    const figure = openFigure({ url: "about:blank", model: "figure", names, comm, drawn, failed });
    const frame = { postMessage: vi.fn() };
    Object.defineProperty(figure.element, "contentWindow", { value: frame });
    const from = (source: unknown, data: FromFrame) =>
      dispatchEvent(Object.assign(new Event("message"), { source, data }));
    return { comm, drawn, failed, figure, frame, from };
  }

  it("is shut: no origin, no forms, no windows", () => {
    expect(opened().figure.element.getAttribute("sandbox")).toBe("allow-scripts");
  });

  it("hands over nothing before the frame is ready, then all in order, each buffer by itself", () => {
    const { figure, frame, from } = opened();
    const whole = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
    figure.hear({ id: "points", data: { method: "update" }, buffers: [new DataView(whole, 4, 4)] });
    expect(frame.postMessage).not.toHaveBeenCalled();
    from(frame, { kind: "ready" });
    const [draw, heard] = frame.postMessage.mock.calls.map(([message]) => message);
    expect(draw).toEqual({ kind: "draw", figure: "figure", names });
    expect([...new Uint8Array(heard.message.buffers[0].buffer)]).toEqual([5, 6, 7, 8]);
  });

  it("listens to its own frame and to nobody else", () => {
    const { comm, drawn, frame, from } = opened();
    from(window, { kind: "say", id: "points", data: {} });
    from({}, { kind: "drawn" });
    expect(comm.say).not.toHaveBeenCalled();
    expect(drawn).not.toHaveBeenCalled();
    from(frame, { kind: "say", id: "points", data: { method: "update" } });
    from(frame, { kind: "drawn" });
    expect(comm.say).toHaveBeenCalledWith("points", { method: "update" });
    expect(drawn).toHaveBeenCalledOnce();
  });
});
