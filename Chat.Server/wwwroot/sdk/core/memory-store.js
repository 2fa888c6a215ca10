/** @typedef {import('../chat-client.js').OutboxStore} OutboxStore */

/** Keeps messages in this client only. @implements {OutboxStore} */
export class MemoryOutboxStore {
  isDurable = false;
  async open() { return []; }
  async put() {}
  async delete() {}
  async close() {}
}
