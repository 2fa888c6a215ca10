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
