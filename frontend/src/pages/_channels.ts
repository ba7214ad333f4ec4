/** Jupyter's kernel channels, as far as comm messages go: JSON text, or binary when there are buffers. */

import { newId } from "../model/ids";

/** What a widget's kernel side sends: new state, or a message of its own. */
export interface Incoming {
  id: string;
  data: {
    method?: string;
    state?: Record<string, unknown>;
    content?: unknown;
    buffer_paths?: (string | number)[][];
  };
  buffers: DataView[];
}

export interface Comm {
  /** Called when the line is open, again after a line that broke. */
  opened: () => void;
  hear: (message: Incoming) => void;
  say(id: string, data: unknown): void;
  close(): void;
}

interface Message {
  channel?: string;
  header: { msg_type: string };
  content: { comm_id?: string; data?: Incoming["data"]; execution_state?: string };
}

/** After a line that broke, it is tried again after these times, in milliseconds; then the kernel rests. */
const AGAIN = [500, 2000, 8000];

export function openChannels(path: string, rested: () => void): Comm {
  const session = newId("page");
  const url = new URL(`${path}?session_id=${session}`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const waiting: string[] = [];
  let socket: WebSocket | null = null;
  let tries = 0;
  let over = false;

  const comm: Comm = {
    opened() {},
    hear() {},
    say(id, data) {
      const text = pack(session, id, data);
      if (socket?.readyState === WebSocket.OPEN) socket.send(text);
      else if (!over) waiting.push(text);
    },
    close() {
      over = true;
      socket?.close();
    },
  };

  function end(): void {
    if (over) return;
    comm.close();
    rested();
  }

  function open(): void {
    socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      comm.opened();
      for (const text of waiting.splice(0)) socket?.send(text);
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      tries = 0;
      const [message, buffers] = unpack(data);
      if (message.header.msg_type === "status" && message.content.execution_state === "dead") end();
      const { comm_id, data: told } = message.content;
      if (message.header.msg_type === "comm_msg" && comm_id && told)
        comm.hear({ id: comm_id, data: told, buffers });
    };
    socket.onclose = () => {
      if (over) return;
      const wait = AGAIN[tries++];
      if (wait === undefined) end();
      else setTimeout(open, wait);
    };
  }
  open();
  return comm;
}

function pack(session: string, id: string, data: unknown): string {
  const header = {
    msg_id: newId("msg"),
    msg_type: "comm_msg",
    username: "",
    session,
    date: new Date().toISOString(),
    version: "5.3",
  };
  const content = { comm_id: id, data };
  return JSON.stringify({ channel: "shell", header, parent_header: {}, metadata: {}, content, buffers: [] });
}

/** A binary message begins with the number of its parts and where each begins, in 32 bits, big-endian. */
export function unpack(data: string | ArrayBuffer): [Message, DataView[]] {
  if (typeof data === "string") return [JSON.parse(data) as Message, []];
  const view = new DataView(data);
  const starts = Array.from({ length: view.getUint32(0) }, (_, part) => view.getUint32(4 * (part + 1)));
  const parts = starts.map(
    (start, part) => new DataView(data, start, (starts[part + 1] ?? data.byteLength) - start),
  );
  const [first, ...buffers] = parts;
  return [JSON.parse(new TextDecoder().decode(first)) as Message, buffers];
}
