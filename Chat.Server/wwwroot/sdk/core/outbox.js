import { ChatRefusedError, ChatStoppedError } from './errors.js';
import { Keeper } from './keeper.js';
import { newKey } from './keys.js';
import { Lane } from './lane.js';
import { checkChange, checkMessage } from './message-check.js';

const adoptMilliseconds = 5_000;
/** The sequences of this many sent messages are remembered. */
const keptPlaces = 1_000;

/** @typedef {import('../chat-client.js').StoredMessage} StoredMessage */
/** @typedef {{-readonly [K in keyof StoredMessage]: StoredMessage[K]}} Item */

const nothing = Object.freeze({ msgType: 0, attachmentUrl: null, attachmentMeta: null });

/** Accepted messages and changes of messages: kept until they have a receipt, sent in the order of the calls. */
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
  /** Changes of messages that have no sequence yet. @type {Set<Item>} */
  #behind = new Set();
  /** The sequences of messages that were sent last, by conversation and key. @type {Map<string, number>} */
  #places = new Map();
  /** Edits of deleted messages, not shown any more, whose callers wait for the answer. @type {Set<Item>} */
  #hidden = new Set();
  /** @type {AbortController | null} */
  #run = null;
  #loaded = false;
  #lastNumber = 0;
  #adopting = null;
  #keeper;

  /**
   * @param {import('./link.js').Link} link
   * @param {{store: import('../chat-client.js').OutboxStore, clock: import('../chat-client.js').Clock,
   *   window: number}} options
   * @param {(change: import('../chat-client.js').OutboxChange) => void} onChange
   * @param {(isKept: boolean) => void} onKept
   */
  constructor(link, options, onChange, onKept) {
    this.link = link;
    this.clock = options.clock;
    this.#store = options.store;
    this.#window = options.window;
    this.#onChange = onChange;
    this.#keeper = new Keeper(options.store, options.clock, onKept);
    link.onSession(() => {
      if (this.#loaded) this.#wakeAll(); // the server refused the client before
      this.adopt();
    });
  }

  /** Whether waiting messages survive this client. */
  get isKept() {
    return this.#keeper.isKept;
  }

  /** Aborted when the client is stopped. */
  get signal() {
    return this.#run?.signal;
  }

  /** Adopts the messages that earlier clients left, then sends. @param {string} owner */
  async start(owner) {
    if (this.#run) return this.#wakeAll(); // the server refused the client before, and may accept it now
    const run = this.#run = new AbortController();
    const stored = await this.#keeper.open(owner, (late) => { if (this.#run === run) this.#take(late); });
    if (this.#run !== run) return;
    this.#putFirst(stored);
    this.#loaded = true;
    this.#wakeAll();
    this.#adoptLater();
  }

  /** Messages of earlier clients come before those accepted here meanwhile. @param {Item[]} stored */
  #putFirst(stored) {
    const own = [...this.#items.values()].sort(byNumber);
    const ids = new Set(own.map(({ id }) => id));
    for (const item of own) this.#remove(item);
    this.#take(stored.filter(({ id }) => !ids.has(id)));
    for (const item of own) {
      item.number = this.#nextNumber();
      this.#add(item);
      this.#put(item);
    }
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
    this.#dropHidden(stopped);
    await this.#keeper.close();
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
    return this.#accept(problem, conversationId, body, { ...others, msgType, attachmentUrl, attachmentMeta: meta });
  }

  /**
   * An edit or a deletion of a message, or the user's reactions to it.
   * @param {string} conversationId
   * @param {number | string} target the sequence of the message; of one that this outbox has, or had, its key
   * @param {any} said the rest of it
   * @returns {import('../chat-client.js').SentMessage}
   */
  change(conversationId, target, said) {
    const place = typeof target === 'string' ? this.#places.get(`${conversationId} ${target}`) ?? null : target;
    const isBehind = typeof target === 'string' && place === null;
    const change = { ...said, targetSequence: place, ...isBehind && { targetKey: target } };
    const problem = isBehind ? this.#whyNot(conversationId, target) ?? checkChange(change, 1) : checkChange(change);
    // A version before reads what is kept here as well: without a body it refuses this, and sends no message of it.
    return this.#accept(problem, conversationId, null, nothing, problem ? change : JSON.parse(JSON.stringify(change)));
  }

  /** Why a message that has no sequence yet cannot be changed; null: it can. */
  #whyNot(conversationId, key) {
    const message = this.#items.get(key), waits = message?.state === 'pending' && !message.change;
    return waits && message.conversationId === conversationId ? null
      : new ChatRefusedError('bad_request', 'the message that is to be changed does not wait here, or was not sent');
  }

  /** The changes of a message that wait for it, or failed with it. @param {string} id */
  #followers(id) {
    return [...this.#behind].filter(({ change }) => change?.targetKey === id);
  }

  #accept(problem, conversationId, body, options, change = null) {
    /** @type {Item} */
    const item = {
      id: newKey(),
      number: this.#nextNumber(),
      conversationId,
      body,
      createdAt: this.clock.now(),
      state: 'pending',
      error: null,
      mayBeStored: false,
      options,
      change,
    };
    const promise = new Promise((resolve, reject) => {
      if (problem) reject(problem);
      else this.#waiting.set(item.id, { resolve, reject });
    });
    promise.catch(() => {}); // reported by the event when it is not awaited
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
    const items =
      conversation === undefined
        ? [...this.#items.values()].sort(byNumber)
        : (this.#lanes.get(conversation)?.items ?? []);
    return items.filter((item) => !this.#hidden.has(item)).map(shown);
  }

  /** @param {string} id */
  retry(id) {
    const item = this.#items.get(id);
    if (item?.state !== 'failed') return false;
    if (isPlaceless(item) && this.#items.get(item.change?.targetKey ?? '')?.state !== 'pending') return false;
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
    if (!item || this.#hidden.has(item)) return false;
    this.#remove(item);
    this.#keeper.delete(id);
    this.#settle(id, ({ reject }) => reject(new ChatStoppedError('The message was discarded.')));
    this.#tell('discarded', item);
    for (const follower of this.#followers(id)) this.discard(follower.id);
    return true;
  }

  /**
   * Messages were deleted or erased: no edit of them and no reaction is of use, and no text of it stays here. An edit
   * that a connection has had may be stored: the caller who waits is told what the server says. It goes without its
   * text, under its key; no message has the version, so what was not stored is not stored now.
   * @param {string} conversationId @param {(targetSequence: number) => boolean} isGone
   */
  gone(conversationId, isGone) {
    for (const item of [...this.#lanes.get(conversationId)?.items ?? []]) {
      const { change } = item;
      if (!change || change.kind === 'delete' || this.#hidden.has(item)) continue;
      const { kind, targetSequence } = change;
      if (targetSequence === null || !isGone(targetSequence)) continue;
      if (kind === 'edit' && item.state === 'pending' && item.mayBeStored && this.#waiting.has(item.id)) {
        item.change = { kind, targetSequence, body: '-', ifVersion: Number.MAX_SAFE_INTEGER };
        this.#hidden.add(item);
        this.#keeper.delete(item.id);
        this.#tell('discarded', item);
      } else {
        this.#settle(item.id, ({ reject }) => reject(new ChatRefusedError('gone', 'the message was deleted')));
        this.discard(item.id);
      }
    }
  }

  /** Discards everything of this user, also what other clients left. @param {string | null} owner */
  async clear(owner) {
    for (const { id } of this.pending()) this.discard(id);
    this.#dropHidden(new ChatStoppedError('The message was discarded.'));
    if (owner !== null) await this.#keeper.clear(owner);
    if (!this.#run) await this.#keeper.close();
  }

  /** Adopts the messages of clients that ended meanwhile. */
  async adopt() {
    const run = this.#run;
    if (!this.#loaded) return;
    const stored = await this.#keeper.adopt();
    if (this.#run === run) this.#take(stored);
  }

  /** A closing tab sends no notice, so check from time to time. A store that failed may also work again. */
  #adoptLater() {
    if (this.#store.isDurable === false) return;
    this.#adopting = this.clock.setTimeout(() => {
      this.#keeper.again();
      this.adopt();
      this.#adoptLater();
    }, adoptMilliseconds);
  }

  /** @param {Item} item @param {any} receipt */
  sent(item, receipt) {
    if (this.#items.get(item.id) === item) {
      this.#remove(item);
      if (!item.change) this.#placed(item, receipt.sequence);
      this.#keeper.delete(item.id);
      if (!this.#hidden.delete(item)) this.#tell('sent', item, receipt);
    }
    this.#settle(item.id, ({ resolve }) => resolve(receipt));
  }

  /**
   * Changes that wait for a message get its sequence. They are stored with it before the message is dropped: a page
   * that loads them in between sends the message again, and gets its sequence.
   */
  #placed({ id, conversationId }, sequence) {
    this.#places.set(`${conversationId} ${id}`, sequence);
    if (this.#places.size > keptPlaces) this.#places.delete(this.#places.keys().next().value);
    for (const follower of this.#followers(id)) {
      this.#behind.delete(follower);
      follower.change = { .../** @type {any} */ (follower.change), targetSequence: sequence };
      this.#put(follower);
    }
  }

  /** @param {Item} item @param {ChatRefusedError} error */
  fail(item, error) {
    if (this.#items.get(item.id) !== item) return; // discarded meanwhile
    if (this.#hidden.has(item)) return this.#drop(item, error);
    [item.state, item.error] = ['failed', { code: error.code, message: error.message }];
    this.#put(item);
    this.#tell('failed', item);
    this.#settle(item.id, ({ reject }) => reject(error));
    for (const follower of this.#followers(item.id)) if (follower.state === 'pending') this.fail(follower, error);
  }

  /**
   * The server refuses this client: pending calls are rejected, and all messages stay. @param {Lane} lane @param
   * {Error} error
   */
  unreachable(lane, error) {
    for (const { id } of lane.items) this.#settle(id, ({ reject }) => reject(error));
    this.#dropHidden(error, lane);
  }

  /** Hidden edits are not sent any more: of one lane, or all. @param {Error} error @param {Lane | null} [lane] */
  #dropHidden(error, lane = null) {
    for (const item of [...this.#hidden]) if (lane === null || lane.items.includes(item)) this.#drop(item, error);
  }

  /** @param {Item} item a hidden one @param {Error} error what its caller is told */
  #drop(item, error) {
    this.#hidden.delete(item);
    this.#remove(item);
    this.#settle(item.id, ({ reject }) => reject(error));
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
      this.#keeper.took(message.id);
      this.#add({ ...message, mayBeStored: true });
      this.#tell('added', message);
    }
    for (const message of stored) this.#wake(message);
  }

  #add(item) {
    this.#items.set(item.id, item);
    if (isPlaceless(item)) this.#behind.add(item);
    let lane = this.#lanes.get(item.conversationId);
    if (!lane) this.#lanes.set(item.conversationId, lane = new Lane(this, this.#window));
    let at = lane.items.length;
    while (at > 0 && lane.items[at - 1].number > item.number) at--;
    lane.items.splice(at, 0, item);
  }

  #remove(item) {
    this.#items.delete(item.id);
    this.#behind.delete(item);
    const items = this.#lanes.get(item.conversationId)?.items ?? [];
    const at = items.indexOf(item);
    if (at >= 0) items.splice(at, 1);
  }

  #wake(item) {
    // Nothing is sent before everything is loaded, because messages of earlier pages are older.
    if (this.#loaded) this.#lanes.get(item.conversationId)?.wake();
  }

  #put(item) {
    if (this.#run) this.#keeper.put(item); // else the start stores it
  }

  #tell(type, item, receipt = null) {
    this.#onChange({ type, message: shown(item), receipt });
  }

  /** A counter, not the time: two clients may accept in one millisecond, and clocks go back. */
  #nextNumber() {
    const next = this.#lastNumber + 1;
    return this.#lastNumber = Math.max(next, this.#store.nextNumber?.(next) ?? next);
  }
}

const byNumber = (a, b) => a.number - b.number;

/** @param {Item} item */
const isPlaceless = ({ change }) => change?.targetSequence === null;

/** @param {Item} item @returns {import('../chat-client.js').PendingMessage} */
function shown({ id, conversationId, body, options, createdAt, state, error, mayBeStored = true, change = null }) {
  return Object.freeze({ id, conversationId, body, options, createdAt, state, error, mayBeStored, change });
}
