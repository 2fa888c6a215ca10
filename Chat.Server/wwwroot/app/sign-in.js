// Who this is, where the server wants a token: it is handed over by the page around the app, or pasted by a person. It
// is in memory only.

/**
 * @typedef {import('../sdk/chat-client.js').AccessTokenReason} Reason
 * @typedef {(reason: Reason) => string | null | Promise<string | null>} Provider
 */

/**
 * What a page of yours, of the same origin, may set before it loads app/main.js.
 * @returns {Provider | null}
 */
export const handedOver = () => globalThis.chatHost?.accessToken ?? null;

/**
 * A token that a person gave: there is no other once the server does not take it.
 * @param {string} token
 * @returns {Provider}
 */
export const pasted = token => reason => (reason === 'start' ? token : null);

/** Whether the server wants tokens, as it says itself. */
export async function wantsToken() {
  try {
    const answer = await fetch('app/config.json');
    return answer.ok && (await answer.json()).mode === 'token';
  } catch {
    return false; // whoever connects says what is wrong
  }
}

/**
 * The user that the server takes the token for; null: it does not take it.
 * @param {Provider} provider
 * @returns {Promise<string | null>}
 */
export async function userOf(provider) {
  const token = await provider('start');
  if (!token) return null;
  const answer = await fetch('api/v1/me', { headers: { authorization: `Bearer ${token}` } });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).user_id;
}
