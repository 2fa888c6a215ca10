/** Keeps messages in this client only. @implements {import('../chat-client.js').OutboxStore} */
export class MemoryOutboxStore {
  async open() { return []; }
  async put() {}
  async delete() {}
  async close() {}
}
