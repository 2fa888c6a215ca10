/** @param {string} url of the server @param {string} [userId] */
export function hubUrl(url, userId) {
  if (!url) throw new TypeError('ChatClient needs a url');
  const hub = new URL('hubs/chat', url.endsWith('/') ? url : `${url}/`);
  if (userId !== undefined) hub.searchParams.set('user_id', userId);
  return hub;
}

/**
 * @param {import('../chat-client.js').ChatClientOptions} options
 * @param {import('./tokens.js').Tokens | null} tokens
 * @param {URL} hub
 */
export function createConnection({ signalR }, tokens, hub) {
  const { HubConnectionBuilder, LogLevel } = /** @type {any} */ (signalR);
  const http = tokens ? { accessTokenFactory: () => tokens.get() } : {};
  return new HubConnectionBuilder().withUrl(hub.href, http).configureLogging(LogLevel.None).build();
}

/** @param {URL} hub to which tokens are sent */
export function warnOfClearText(hub) {
  if (!isClear(hub)) return;
  console.warn(
    `Chat: access tokens are sent to ${hub.origin} in clear text; who reads one can act as its user. Use https.`);
}

/** Whether others on the way can read what is sent there. @param {URL} url */
const isClear = ({ protocol, hostname }) =>
  protocol === 'http:' && !/^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
