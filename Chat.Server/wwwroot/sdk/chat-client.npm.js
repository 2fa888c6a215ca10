// For Node and bundlers: the SignalR client comes from npm.
import * as signalR from '@microsoft/signalr';
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
export { fold, foldCurrent } from './core/fold.js';
export { isAbove, may } from './core/may.js';

/** @type {typeof import('./chat-client.js').ChatClient} */
export const ChatClient = class ChatClient extends CoreClient {
  constructor(options = {}) {
    super({ url: globalThis.location?.origin, signalR, ...options });
  }
};
