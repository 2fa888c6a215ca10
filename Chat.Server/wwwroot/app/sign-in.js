// Who this is, where the server wants a token: the person signs in at a provider, the page around the app hands it
// over, or it is pasted. It is in memory only.

/**
 * @typedef {import('../sdk/chat-client.js').AccessTokenReason} Reason
 * @typedef {(reason: Reason) => string | null | Promise<string | null>} Provider
 * @typedef {{id: string, tenant: string}} User
 * @typedef {{mode: 'open' | 'token' | 'host', named?: boolean, sign_in?: import('./signin/oidc.js').Config}} Config
 */

/**
 * What a page of yours, of the same origin, may set before it loads app/main.js.
 * @returns {Provider | null}
 */
export const handedOver = () => globalThis.chatHost?.accessToken ?? null;

/** What that page does when its visitor signs out, if it wants to know. @returns {(() => void) | null} */
export const hostLeaves = () => globalThis.chatHost?.signOut ?? null;

/**
 * A token that a person gave: there is no other once the server does not take it.
 * @param {string} token
 * @returns {Provider}
 */
export const pasted = token => reason => (reason === 'start' || reason === 'expiring' ? token : null);

/** Whether the address has an answer of a provider. @param {URLSearchParams} search */
export const isAnswer = search => search.has('state') && (search.has('code') || search.has('error'));

/**
 * How the server knows who is calling, as it says itself; null: it does not answer.
 * @returns {Promise<Config | null>}
 */
export async function configOfServer() {
  try {
    const answer = await fetch('app/config.json');
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // the connection says what is wrong
  }
}

/**
 * The user that the server takes the token for; null: it does not take it.
 * @param {Provider | null} provider null: the application that the chat is in knows who this is
 * @returns {Promise<User | null>}
 */
export async function userOf(provider) {
  const token = await provider?.('start');
  if (provider && !token) return null;
  const answer = await fetch('api/v1/me', token ? { headers: { authorization: `Bearer ${token}` } } : {});
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { user_id: id, tenant } = await answer.json();
  return { id, tenant };
}
