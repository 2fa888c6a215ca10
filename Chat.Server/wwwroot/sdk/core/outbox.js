import { ChatRefusedError, ChatStoppedError } from './errors.js';
import { newKey } from './keys.js';
import { Lane } from './lane.js';
import { checkMessage } from './message-check.js';

const adoptMilliseconds = 5_000;

/** @typedef {{-readonly [K in keyof import('../chat-client.js').StoredMessage]: import('../chat-client.js').StoredMessage[K]}} Item */

/** Accepted messages: kept until they have a receipt, sent in order of the calls. */
export class Outbox {
  #store;
  #onChange;
  #window;
  /** @type {Map<string, Lane>} */
  #lanes = new Map();
  /** @type {Map<string, Item>} */
  #items = new Map();
  /** @type {Map<string, {resolve: (receipt: any) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();
  /** @type {AbortController | null} */
  #run = null;
  #loaded = false;
  #lastNumber = 0;
  #adopting = null;
  /** Writes to the store, one after the other. @type {Promise<unknown>} */
  #writing = Promise.resolve();

  /**
   * @param {import('./link.js').Link} link
   * @param {{store: import('../chat-client.js').OutboxStore, clock: import('../chat-client.js').Clock, window: number}} options
   * @param {(change: import('../chat-client.js').OutboxChange) => void} onChange
   */
  constructor(link, options, onChange) {
    this.link = link;
    this.clock = options.clock;
    this.#store = options.store;
    this.#window = options.window;
    this.#onChange = onChange;
    link.onSession(() => this.adopt());
  }

  /** Aborted when the client is stopped. */
  get signal() {
    return this.#run?.signal;
  }

  /** Takes over what earlier clients left, then sends. @param {string} owner */
  async start(owner) {
    if (this.#run) return this.#wakeAll(); // the server did not want it, and may now
    const run = this.#run = new AbortController();
    const stored = await this.#keep(() => this.#store.open(owner)) ?? [];
    if (this.#run !== run) return;
    for (const item of this.#items.values()) this.#put(item); // accepted before the start
    this.#loaded = true;
    this.#take(stored);
    this.#wakeAll();
    this.#adoptLater();
  }

  async stop() {
    const run = this.#run;
    if (!run) return;
    this.#run = null;
    this.#loaded = false;
    if (this.#adopting !== null) this.clock.clearTimeout(this.#adopting);
    const stopped = new ChatStoppedError('The client was stopped; what was accepted is sent when it is started again.');
    run.abort(stopped);
    for (const { reject } of this.#waiting.values()) reject(stopped);
    this.#waiting.clear();
    await this.#keep(() => this.#store.close());
  }

  /**
   * @param {string} conversationId
   * @param {string | null} body
   * @param {import('../chat-client.js').SendMessage} options
   * @returns {import('../chat-client.js').SentMessage}
   */
  send(conversationId, body, options) {
    const problem = checkMessage(body, options);
    const { msgType = 0, attachmentUrl = null, attachmentMeta = null, ...others } = options;
    const meta = problem ? null : JSON.parse(JSON.stringify(attachmentMeta));
    /** @type {Item} */
    const item = {
      id: newKey(), number: this.#nextNumber(), conversationId, body, createdAt: this.clock.now(), state: 'pending', error: null,
      options: { ...others, msgType, attachmentUrl, attachmentMeta: meta },
    };
    const promise = new Promise((resolve, reject) => {
      if (problem) reject(problem);
      else this.#waiting.set(item.id, { resolve, reject });
    });
    promise.catch(() => {}); // whoever does not wait for it hears of it by the event
    if (!problem) {
      this.#add(item);
      this.#put(item);
      this.#tell('added', item);
      this.#wake(item);
    }
    return Object.assign(promise, { message: shown(item) });
  }

  /** @param {string} [conversation] */
  pending(conversation) {
    const items = conversation === undefined ? [...this.#items.values()].sort(byNumber) : this.#lanes.get(conversation)?.items ?? [];
    return items.map(shown);
  }

  /** @param {string} id */
  retry(id) {
    const item = this.#items.get(id);
    if (item?.state !== 'failed') return false;
    this.#remove(item);
    [item.number, item.state, item.error] = [this.#nextNumber(), 'pending', null];
    this.#add(item);
    this.#put(item);
    this.#tell('retried', item);
    this.#wake(item);
    return true;
  }

  /** @param {string} id */
  discard(id) {
    const item = this.#items.get(id);
    if (!item) return false;
    this.#remove(item);
    this.#keep(() => this.#store.delete(id));
    this.#settle(id, ({ reject }) => reject(new ChatStoppedError('The message was discarded.')));
    this.#tell('discarded', item);
    return true;
  }

  /** Takes over what clients that ended meanwhile left behind. */
  async adopt() {
    const run = this.#run;
    const { adopt } = this.#store;
    if (!this.#loaded || !adopt) return;
    const stored = await this.#keep(() => adopt.call(this.#store)) ?? [];
    if (this.#run === run) this.#take(stored);
  }

  /** A tab that is closed says nothing: look now and then. */
  #adoptLater() {
    if (!this.#store.adopt) return;
    this.#adopting = this.clock.setTimeout(() => {
      this.adopt();
      this.#adoptLater();
    }, adoptMilliseconds);
  }

  /** @param {Item} item @param {any} receipt */
  sent(item, receipt) {
    if (this.#items.get(item.id) === item) {
      this.#remove(item);
      this.#keep(() => this.#store.delete(item.id));
      this.#tell('sent', item, receipt);
    }
    this.#settle(item.id, ({ resolve }) => resolve(receipt));
  }

  /** @param {Item} item @param {ChatRefusedError} error */
  fail(item, error) {
    if (this.#items.get(item.id) !== item) return; // discarded meanwhile
    [item.state, item.error] = ['failed', { code: error.code, message: error.message }];
    this.#put(item);
    this.#tell('failed', item);
    this.#settle(item.id, ({ reject }) => reject(error));
  }

  /** The server does not want this client: nobody needs to wait, and everything stays. @param {Lane} lane @param {Error} error */
  unreachable(lane, error) {
    for (const { id } of lane.items) this.#settle(id, ({ reject }) => reject(error));
  }

  #wakeAll() {
    for (const lane of this.#lanes.values()) lane.wake();
  }

  #settle(id, settle) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) settle(waiting);
  }

  #take(stored) {
    for (const message of stored) {
      if (this.#items.has(message.id)) continue;
      this.#lastNumber = Math.max(this.#lastNumber, message.number);
      this.#add({ ...message });
      this.#tell('added', message);
    }
    for (const message of stored) this.#wake(message);
  }

  #add(item) {
    this.#items.set(item.id, item);
    let lane = this.#lanes.get(item.conversationId);
    if (!lane) this.#lanes.set(item.conversationId, lane = new Lane(this, this.#window));
    let at = lane.items.length;
    while (at > 0 && lane.items[at - 1].number > item.number) at--;
    lane.items.splice(at, 0, item);
  }

  #remove(item) {
    this.#items.delete(item.id);
    const items = this.#lanes.get(item.conversationId)?.items ?? [];
    const at = items.indexOf(item);
    if (at >= 0) items.splice(at, 1);
  }

  #wake(item) {
    // Before everything is loaded nothing is sent: what an earlier page left is older.
    if (this.#loaded) this.#lanes.get(item.conversationId)?.wake();
  }

  #put(item) {
    if (!this.#run) return; // the start puts it
    const copy = { ...item };
    this.#keep(() => this.#store.put(copy));
  }

  /**
   * One step of the store after the other. A store that fails costs durability, never the message: it is in memory, and is sent.
   * @template T
   * @param {() => Promise<T>} step
   * @returns {Promise<T | null>}
   */
  #keep(step) {
    const done = this.#writing.then(step).catch(() => null);
    this.#writing = done;
    return done;
  }

  #tell(type, item, receipt = null) {
    this.#onChange({ type, message: shown(item), receipt });
  }

  /** Rises, also from one page to the next. */
  #nextNumber() {
    return this.#lastNumber = Math.max(this.#lastNumber + 1, this.clock.now() * 1_000);
  }
}

const byNumber = (a, b) => a.number - b.number;

/** @param {Item} item @returns {import('../chat-client.js').PendingMessage} */
function shown({ id, conversationId, body, options, createdAt, state, error }) {
  return Object.freeze({ id, conversationId, body, options, createdAt, state, error });
}
