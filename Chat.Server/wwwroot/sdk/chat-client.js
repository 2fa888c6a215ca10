// For browsers, without a bundler. In Node and with bundlers: chat-client.npm.js, which package.json names.
import './vendor/signalr.min.js'; // a script of its own kind: in a module it puts itself on the global object
import { ChatClient as CoreClient } from './core/client.js';

export {
  ChatConnectError,
  ChatDisconnectedError,
  ChatError,
  ChatOtherUserError,
  ChatRefusedError,
  ChatSignedOutError,
  ChatStoppedError,
} from './core/errors.js';
export { MemoryOutboxStore } from './core/memory-store.js';
export { IndexedDbOutboxStore } from './core/indexeddb-store.js';
export { lobby } from './core/client.js';
export { fold, foldCounts, foldCurrent, foldOwnReactions } from './core/fold.js';
export { isAbove, may } from './core/may.js';

const { signalR } = globalThis;

/** @type {typeof import('./chat-client.js').ChatClient} */
export const ChatClient = class ChatClient extends CoreClient {
  constructor(options = {}) {
    super({ url: globalThis.location?.origin, signalR, ...options });
  }
};
