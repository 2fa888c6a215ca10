/** A new dedupe key: 128 random bits, also available on pages that are not served securely. */
export function newKey() {
  return Array.from(globalThis.crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/**
 * Names whose something is: a server, a tenant and a user. The user comes last and may have any characters.
 * @param {string} server @param {string} tenant @param {string} userId
 */
export const ownerOf = (server, tenant, userId) =>
  `${server}${tenant === 'default' ? '' : `#${tenant}`} ${userId}`;

/**
 * Where clients before this version kept what was written with a token: they did not know by whom.
 * @param {string} owner
 */
export const unnamedOf = (owner) => `${owner.slice(0, owner.search(/[# ]/))} `;
