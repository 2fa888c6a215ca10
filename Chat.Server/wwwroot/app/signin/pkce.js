// Proof Key for Code Exchange, RFC 7636: a code is of use only to the app that asked for it.

const encode = bytes =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** 256 random bits in 43 characters, as section 4.1 wants them of a verifier. */
export const randomText = () => encode(crypto.getRandomValues(new Uint8Array(32)));

/** The method S256 of section 4.2. @param {string} verifier */
export async function challengeOf(verifier) {
  return encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}
