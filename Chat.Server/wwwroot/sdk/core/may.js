import { rights } from './rights.js';

/** @param {import('../chat-client.js').ConversationAct} act @param {string} kind @param {string | null} role */
export function may(act, kind, role) {
  const row = rights[act];
  if (!row.kinds.includes(kind)) return false;
  if (role !== null) return row.roles.includes(role);
  return row.others && (kind === 'public' || act.startsWith('create'));
}

/** @param {string | null} role @param {string | null} other */
export function isAbove(role, other) {
  return role === 'owner' || (role === 'moderator' && other !== 'owner' && other !== 'moderator');
}
