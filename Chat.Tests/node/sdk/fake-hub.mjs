/** A hub in memory, controlled by a test: logs, dedupe keys, pushes; it can lose, reorder, refuse and disconnect. */
export class FakeHub {
  /** Every call, in the order in which they came: `{method, args, connection}`. */
  calls = [];
  /** Every connection ever opened, or tried. @type {FakeConnection[]} */
  connections = [];
  /** How often a connection was tried. */
  attempts = 0;
  /** What an attempt to connect fails with, if with anything. @type {(attempt: number) => Error | null | undefined} */
  refuses = () => null;
  /**
   * The fate of a call: nothing special, `'lost'` on the way in, `'unanswered'` (carried out, and its answer lost), or
   * an error. It may also end the connection.
   */
  decides = (method, args, attempt, connection) => undefined;
  /** What a connection is given instead of an entry: none, one, several, others. @type {(entry: any) => any[]} */
  pushes = (entry) => [entry];
  /** What `Conversations` answers. */
  lists = [];
  names = {};
  /** What of it is in a page. */
  pageOfLists = (query) => this.lists;
  /** What `Me` answers. */
  me = () => ({ userId: 'me', tenant: 'default', name: null, roles: ['user'], expiresInSeconds: null });
  /** What `Refresh` answers. @type {(token: string) => any} */
  refreshed = () => this.me();
  /** Names the logs. */
  generation = 'first';
  /** What of a page of history is answered. */
  pageOf = (entries) => entries;
  #logs = new Map();
  #keys = new Map();
  #attempt = new Map();

  /** What a client takes for `@microsoft/signalr`. */
  get signalR() {
    const hub = this;
    return {
      HubConnectionBuilder: class {
        constructor() {
          const builder = new Proxy(
            {},
            {
              get: (_, name) =>
                name === 'build'
                  ? () => new FakeConnection(hub, this.url)
                  : (...args) => {
                      if (name === 'withUrl') this.url = args;
                      return builder;
                    },
            },
          );
          return builder;
        }
      },
      LogLevel: { None: 6, Critical: 5, Error: 4, Warning: 3 },
      HttpTransportType: { None: 0, WebSockets: 1, ServerSentEvents: 2, LongPolling: 4 },
      HubConnectionState: { Connected: 'Connected', Disconnected: 'Disconnected' },
    };
  }

  /** The connection that is open, the newest if there are two. */
  get connection() {
    return this.connections.findLast((connection) => connection.isOpen);
  }

  get open() {
    return this.connections.filter((connection) => connection.isOpen);
  }

  log(conversation) {
    if (!this.#logs.has(conversation)) this.#logs.set(conversation, []);
    return this.#logs.get(conversation);
  }

  bodies(conversation) {
    return this.log(conversation).filter((entry) => entry.kind === 'message').map((entry) => entry.body);
  }

  /** Somebody says something. */
  post(conversation, body, more = {}) {
    const log = this.log(conversation);
    const entry = {
      kind: 'message',
      sequence: log.length + 1,
      id: `id-${conversation}-${log.length + 1}`,
      conversationId: conversation,
      senderId: 'somebody',
      createdAt: '2025-01-01T12:00:00.000000Z',
      body,
      msgType: 0,
      attachmentUrl: null,
      attachmentMeta: null,
      dedupeKey: null,
      ...more,
    };
    log.push(entry);
    for (const connection of this.open) connection.bring(conversation);
    return entry;
  }

  /** The log is put back to an earlier state: what is after the sequence is gone. Those who are there are told. */
  putBack(conversation, after) {
    this.log(conversation).length = after;
    this.generation = `${this.generation}+`;
    for (const connection of this.open) {
      if (!connection.cursors.has(conversation)) continue;
      connection.cursors.set(conversation, Math.min(connection.cursors.get(conversation), after));
      const place = { conversationId: conversation, afterSequence: after, head: after, generation: this.generation };
      connection.emit('GenerationChanged', place);
    }
  }

  /** The user is removed: the entry that says so, and the end. */
  remove(conversation, user) {
    this.post(conversation, undefined, { kind: 'participantRemoved', participantId: user });
    for (const connection of this.open)
      if (connection.cursors.delete(conversation)) connection.emit('ConversationClosed', conversation);
  }

  /** Every connection is lost. */
  cut() {
    for (const connection of this.open) connection.lose(new Error('cut'));
  }

  /** What a method was called with, call by call. */
  argumentsOf(method) {
    return this.calls.filter((call) => call.method === method).map((call) => call.args);
  }

  countOf(method) {
    return this.argumentsOf(method).length;
  }

  async answer(connection, method, args) {
    this.calls.push({ method, args, connection });
    const attempt = (this.#attempt.get(method) ?? 0) + 1;
    this.#attempt.set(method, attempt);
    const fate = this.decides(method, args, attempt, connection);
    if (fate instanceof Error) throw fate;
    if (fate === 'lost') return new Promise(() => {});
    const answer = this.#carryOut(connection, method, args);
    await null;
    return fate === 'unanswered' ? new Promise(() => {}) : answer;
  }

  #carryOut(connection, method, args) {
    const [conversation] = args;
    const log = typeof conversation === 'string' ? this.log(conversation) : [];
    switch (method) {
      case 'Join': {
        const after = args[1] ?? connection.cursors.get(conversation) ?? log.length;
        if (after > log.length) throw refusal('bad_request', `after_seq must not be beyond the head, ${log.length}`);
        connection.cursors.set(conversation, after);
        const head = log.length;
        connection.bring(conversation);
        return { conversationId: conversation, afterSequence: after, head, generation: this.generation };
      }
      case 'Leave':
        connection.cursors.delete(conversation);
        return null;
      case 'Send': {
        const key = `${conversation} ${args[2]?.dedupeKey}`;
        const first = this.#keys.get(key);
        const entry =
          first ?? this.post(conversation, args[1], { senderId: 'me', dedupeKey: args[2]?.dedupeKey ?? null });
        this.#keys.set(key, entry);
        return { id: entry.id, sequence: entry.sequence, createdAt: entry.createdAt, duplicate: first !== undefined };
      }
      case 'EditMessage':
      case 'DeleteMessage': {
        const key = `${conversation} ${args[2]?.dedupeKey}`, first = this.#keys.get(key);
        const { dedupeKey, ifVersion, ...said } = args[2];
        const kind = method === 'EditMessage' ? 'messageEdited' : 'messageDeleted';
        const entry = first ?? this.post(conversation, said.body,
          { senderId: 'me', dedupeKey, kind, targetSequence: args[1], ...said });
        this.#keys.set(key, entry);
        return { id: entry.id, sequence: entry.sequence, createdAt: entry.createdAt, duplicate: first !== undefined };
      }
      case 'SetReactions': {
        const entry = this.post(conversation, undefined, { senderId: 'me', kind: 'reactionsChanged',
          targetSequence: args[1], counts: args[2].map((key) => ({ key, count: 1 })),
          changes: [{ userId: 'me', keys: args[2] }] });
        return { keys: args[2], sequence: entry.sequence, createdAt: entry.createdAt, duplicate: false };
      }
      case 'History': {
        const { before, after, limit = 50 } = args[1] ?? {};
        const entries = after != null ? log.filter((entry) => entry.sequence > after).slice(0, limit)
          : log.filter((entry) => before == null || entry.sequence < before).slice(-limit);
        return { entries: this.pageOf(entries), head: log.length, generation: this.generation };
      }
      case 'Conversations':
        return this.pageOfLists(args[0]);
      case 'ReadPositions':
        return [];
      case 'Users':
        return args[0].filter((id) => id in this.names).map((id) => ({ userId: id, name: this.names[id] }));
      case 'GetPresence':
        return { conversationId: conversation ?? null, onlineCount: 0, users: [], watching: true };
      case 'Me':
        return this.me();
      case 'Refresh':
        return this.refreshed(conversation);
      case 'CreateConversation':
        return {
          id: 'made',
          kind: args[0].kind ?? 'group',
          title: args[0].title ?? null,
          createdAt: '2025-01-01T12:00:00.000000Z',
          lastSequence: 1,
          lastEntry: null,
          lastReadSequence: 1,
          unreadCount: 0,
        };
      default:
        return null;
    }
  }
}

/** What the stock client's hub connection does, as far as anybody may rely on it. */
class FakeConnection {
  cursors = new Map();
  isOpen = false;
  #handlers = new Map();
  #onclose = [];
  #calls = new Set();

  constructor(hub, url) {
    this.hub = hub;
    this.url = url;
  }

  get state() {
    return this.isOpen ? 'Connected' : 'Disconnected';
  }

  on(event, handler) {
    this.#handlers.set(event.toLowerCase(), [...(this.#handlers.get(event.toLowerCase()) ?? []), handler]);
  }

  onclose(callback) {
    this.#onclose.push(callback);
  }

  onreconnecting() {}

  onreconnected() {}

  async start() {
    this.hub.connections.push(this);
    const error = this.hub.refuses(++this.hub.attempts);
    if (error === 'hangs') return new Promise(() => {});
    if (error) throw error;
    await null;
    this.isOpen = true;
  }

  async stop() {
    this.lose(undefined);
  }

  /** The connection ends; calls without an answer fail, as SignalR has it. */
  lose(error) {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const reject of this.#calls)
      reject(error ?? new Error('Invocation canceled due to the underlying connection being closed.'));
    this.#calls.clear();
    for (const callback of this.#onclose) callback(error);
  }

  invoke(method, ...args) {
    if (!this.isOpen)
      return Promise.reject(new Error("Cannot send data if the connection is not in the 'Connected' State."));
    return new Promise((resolve, reject) => {
      this.#calls.add(reject);
      this.hub.answer(this, method, args).then(resolve, reject).finally(() => this.#calls.delete(reject));
    });
  }

  send(method, ...args) {
    return this.invoke(method, ...args).then(() => undefined);
  }

  /** The server calls the client. */
  emit(event, value) {
    for (const handler of this.#handlers.get(event.toLowerCase()) ?? []) handler(value);
  }

  /** Pushes what the log has beyond this connection's cursor. */
  bring(conversation) {
    if (!this.cursors.has(conversation)) return;
    const log = this.hub.log(conversation);
    const cursor = this.cursors.get(conversation);
    this.cursors.set(conversation, log.length);
    for (const entry of log.slice(cursor)) for (const given of this.hub.pushes(entry)) this.push(given);
  }

  push(entry) {
    this.emit(entry.kind === 'message' ? 'MessageReceived' : 'EntryReceived', entry);
  }
}

/** A refusal as the stock client reports it. */
export const refusal = (code, message = 'no') =>
  new Error(`An unexpected error occurred invoking a method on the server. HubException: ${code}: ${message}`);

/** A refused connection as the stock client reports it. */
export const unreachable = (statusCode) =>
  Object.assign(new Error(`Failed to complete negotiation with the server: Error: Status code '${statusCode ?? 0}'`), {
    statusCode,
  });
