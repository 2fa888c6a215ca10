import { Backoff } from './backoff.js';
import { ChatDisconnectedError, ChatRefusedError, mayPass } from './errors.js';
import { checkChange, checkMessage, trim } from './message-check.js';

/**
 * The messages of one conversation, and the one loop that sends them.
 *
 * A round lasts as long as a session. It begins with the oldest message that has no answer, and sends one after the
 * other without waiting, as many as the window allows. Messages that were under way when a session ended come first in
 * the next one, with the same keys; those that the server already has are answered as duplicates. So the log has the
 * order of the calls. When the server cannot store a message now, nothing more is handed over; what is under way is
 * answered, and after a wait, as long as the server says where it does, the oldest goes alone. Every receipt doubles
 * the window again.
 */
export class Lane {
  #outbox;
  #maxWindow;
  #window;
  /** The signal of the run of the outbox that it sends for. @type {AbortSignal | null} */
  #runningFor = null;
  /** @type {() => void} */
  #pump = () => {};

  /**
   * @param {import('./outbox.js').Outbox} outbox
   * @param {number} window
   */
  constructor(outbox, window) {
    this.#outbox = outbox;
    this.#window = this.#maxWindow = window;
    /** Ascending by number. @type {import('./outbox.js').Item[]} */
    this.items = [];
  }

  /** There is another message, or room in the window. */
  wake() {
    const { signal } = this.#outbox;
    if (!signal || signal.aborted) return;
    if (this.#runningFor === signal) return this.#pump();
    this.#runningFor = signal;
    this.#run(signal);
  }

  // A change of a message that has no receipt yet waits for it, and what is behind the change waits too.
  #next(after) {
    const next = this.items.find((item) => item.number > after && item.state === 'pending');
    return next?.change && this.#isBehind(next) ? undefined : next;
  }

  #isBehind({ number, change: { targetKey, targetSequence } }) {
    return targetSequence === null
      && this.items.some((item) => item.id === targetKey && item.number < number && item.state === 'pending');
  }

  async #run(signal) {
    try {
      await this.#rounds(this.#outbox.link, signal);
    } catch (error) {
      if (!signal.aborted) this.#outbox.unreachable(this, error);
      if (this.#runningFor === signal) this.#runningFor = null;
    }
  }

  async #rounds(link, signal) {
    const backoff = new Backoff({ firstDelay: 400, maxDelay: 30_000 }, () => this.#outbox.clock.random());
    while (this.#next(-Infinity)) {
      const session = await link.nextSession(signal); // rejects at a stop or refusal: the next start wakes it
      const end = await this.#round(session);
      if (end.trouble) {
        this.#window = 1;
        if (end.progress) backoff.lasted(Infinity);
        await link.pause(end.trouble.retryAfter ?? backoff.next(), signal);
      } else if (end.lost) {
        await link.endOf(session, signal);
      } else {
        backoff.lasted(Infinity);
      }
    }
    this.#runningFor = null; // synchronously: a later wake starts it again
  }

  /**
   * Sends until the lane is empty, the session is lost, or the server cannot store; returns when every call has ended.
   * @param {import('./session.js').Session} session
   * @returns {Promise<{trouble: ChatRefusedError | null, lost: boolean, progress: boolean}>}
   */
  #round(session) {
    return new Promise((resolve) => {
      const end = { trouble: null, lost: false, progress: false };
      let [underWay, last] = [0, -Infinity];
      const pump = () => {
        let item;
        while (!end.trouble && !end.lost && !session.isOver && underWay < this.#window && (item = this.#next(last))) {
          last = item.number;
          underWay++;
          this.#send(session, item, end).then(() => {
            underWay--;
            pump();
          });
        }
        if (underWay > 0) return;
        end.lost ||= session.isOver;
        this.#pump = () => {};
        resolve(end);
      };
      this.#pump = pump;
      pump();
    });
  }

  async #send(session, item, end) {
    try {
      // It may come from a store, or be tried again: what the server cannot read would end the connection.
      const { change = null } = item;
      const problem = change ? checkChange(change) : checkMessage(item.body, item.options);
      if (problem !== null) throw problem;
      item.mayBeStored = true;
      const receipt = await (change ? changed(session, item) : sent(session, item));
      this.#window = Math.min(2 * this.#window, this.#maxWindow);
      end.progress = true;
      this.#outbox.sent(item, receipt);
    } catch (error) {
      if (error instanceof ChatDisconnectedError) end.lost = true;
      else if (mayPass(error)) end.trouble = error;
      else if (error instanceof ChatRefusedError) {
        end.progress = true;
        this.#outbox.fail(item, error);
      } else end.lost = true; // the client was stopped
    }
  }
}

function sent(session, { id, conversationId, body, options }) {
  return session.invoke('Send', conversationId, body === null ? null : trim(body), { ...options, dedupeKey: id });
}

function changed(session, { id, conversationId, change: { kind, targetSequence, targetKey, ...said } }) {
  // The whole set: what is sent again changes nothing.
  if (kind === 'reactions') return session.invoke('SetReactions', conversationId, targetSequence, said.keys);
  const command = { ...said, dedupeKey: id };
  if (kind === 'delete') return session.invoke('DeleteMessage', conversationId, targetSequence, command);
  if (said.body !== null) command.body = trim(said.body);
  return session.invoke('EditMessage', conversationId, targetSequence, command);
}
