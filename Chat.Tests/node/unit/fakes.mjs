// A hub, a clock and a store that do exactly what a test says.
import { ChatClient } from '../../../Chat.Server/wwwroot/sdk/core/client.js';
import { MemoryOutboxStore } from '../../../Chat.Server/wwwroot/sdk/core/memory-store.js';

/** Lets everything run that waits for nothing but microtasks and timers of no length: these fire in the order in which they were made, so no machine is too slow. */
export async function settle() {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setTimeout(() => setImmediate(resolve), 0));
}

/** Time that stands still until it is moved. */
export class FakeClock {
  time = 1_000_000;
  timers = new Map();
  waits = [];
  #ids = 0;
  now = () => this.time;
  random = () => 1;
  setTimeout = (callback, milliseconds) => {
    this.waits.push(milliseconds);
    this.timers.set(++this.#ids, { at: this.time + milliseconds, callback });
    return this.#ids;
  };
  clearTimeout = (id) => void this.timers.delete(id);

  async advance(milliseconds) {
    const end = this.time + milliseconds;
    for (;;) {
      const due = [...this.timers].filter(([, timer]) => timer.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.time = due[1].at;
      due[1].callback();
      await settle();
    }
    this.time = end;
    await settle();
  }
}

/** A server with one log for each conversation. `script` may answer a call in place of it: what it returns or throws counts, undefined leaves it to the log. */
export class FakeServer {
  connections = [];
  calls = [];
  logs = new Map();
  keys = new Map();
  refuseStart = null;
  script = () => undefined;

  get signalR() {
    const server = this;
    return {
      LogLevel: { None: 6 },
      HubConnectionBuilder: class {
        withUrl(url) { this.url = url; return this; }
        configureLogging() { return this; }
        build() {
          const connection = new FakeConnection(server, this.url);
          server.connections.push(connection);
          return connection;
        }
      },
    };
  }

  get live() {
    return this.connections.at(-1);
  }

  log(id) {
    if (!this.logs.has(id)) this.logs.set(id, []);
    return this.logs.get(id);
  }

  append(id, body, push = true, dedupeKey = null) {
    const entry = { kind: 'message', conversationId: id, sequence: this.log(id).length + 1, body, dedupeKey };
    this.log(id).push(entry);
    if (push) for (const connection of this.connections) if (connection.joined.has(id)) connection.push('MessageReceived', entry);
    return entry;
  }

  bodies(id) {
    return this.log(id).map((entry) => entry.body);
  }

  answer(connection, method, args) {
    const [id, second, third] = args;
    switch (method) {
      case 'Join':
        connection.joined.add(id);
        return { conversationId: id, afterSequence: this.log(id).length, head: this.log(id).length };
      case 'Leave':
        connection.joined.delete(id);
        return null;
      case 'History': {
        const { after = 0, limit = 50 } = second ?? {};
        return { entries: this.log(id).slice(after, after + limit), head: this.log(id).length };
      }
      case 'Send': {
        const known = this.keys.get(third.dedupeKey);
        const entry = known ?? this.append(id, second, true, third.dedupeKey);
        this.keys.set(third.dedupeKey, entry);
        return { id: `m${entry.sequence}`, sequence: entry.sequence, duplicate: Boolean(known) };
      }
      default:
        return null;
    }
  }
}

class FakeConnection {
  handlers = new Map();
  joined = new Set();
  state = 'new';
  #close = () => {};

  constructor(server, url) {
    this.server = server;
    this.url = url;
  }

  on(event, handler) { this.handlers.set(event, handler); }
  onclose(handler) { this.#close = handler; }

  async start() {
    const refusal = this.server.refuseStart?.(this);
    if (refusal) throw refusal;
    this.state = 'open';
  }

  async stop() { this.cut(undefined); }

  /** The connection ends, as after a lost network. */
  cut(error = new Error('WebSocket closed with status code: 1006')) {
    if (this.state !== 'open') return;
    this.state = 'closed';
    this.joined.clear();
    this.#close(error);
  }

  push(event, value) { this.handlers.get(event)?.(value); }

  async invoke(method, ...args) {
    if (this.state !== 'open') throw new Error("Cannot send data if the connection is not in the 'Connected' State.");
    this.server.calls.push([method, ...args]);
    const answer = this.server.script(method, args, this) ?? this.server.answer(this, method, args);
    await null; // it takes effect in the order of the calls, and the answer travels
    if (this.state !== 'open') throw new Error('Invocation canceled due to the underlying connection being closed.');
    return answer;
  }
}

export const refusal = (code, message = 'no') => new Error(`An unexpected error occurred invoking 'Send' on the server. HubException: ${code}: ${message}`);

/** A client on a fake server and a fake clock, started. */
export async function startClient(options = {}) {
  const server = options.server ?? new FakeServer();
  const clock = options.clock ?? new FakeClock();
  const client = new ChatClient({ url: 'http://chat.test', userId: 'ann', signalR: server.signalR, clock, outbox: new MemoryOutboxStore(), ...options.client });
  const states = [];
  client.on('status', (status) => states.push(status.state));
  if (options.start !== false) await client.start();
  await settle();
  return { server, clock, client, states };
}
