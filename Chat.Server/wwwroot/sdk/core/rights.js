// Generated from Chat.Contracts.Rules.RightsTable by ContractsDriftTests; not to be edited.

/** Who may do what: in which conversations, in which roles, and whether those without a role may. */
export const rights = Object.freeze({
  createGroup: {
    kinds: ['group'],
    roles: [],
    others: true,
  },
  createDirect: {
    kinds: ['direct'],
    roles: [],
    others: true,
  },
  createPublic: {
    kinds: ['public'],
    roles: [],
    others: false,
  },
  join: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member', 'readonly'],
    others: true,
  },
  read: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member', 'readonly'],
    others: true,
  },
  markRead: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member', 'readonly'],
    others: true,
  },
  seePresence: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member', 'readonly'],
    others: true,
  },
  listParticipants: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member', 'readonly'],
    others: true,
  },
  send: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member'],
    others: true,
  },
  type: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member'],
    others: true,
  },
  sendInSlowMode: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator'],
    others: false,
  },
  leave: {
    kinds: ['group'],
    roles: ['owner', 'moderator', 'member', 'readonly'],
    others: false,
  },
  add: {
    kinds: ['group'],
    roles: ['owner', 'moderator', 'member'],
    others: false,
  },
  addAgain: {
    kinds: ['group'],
    roles: ['owner', 'moderator'],
    others: false,
  },
  remove: {
    kinds: ['group'],
    roles: ['owner', 'moderator'],
    others: false,
  },
  ban: {
    kinds: ['group', 'public'],
    roles: ['owner', 'moderator'],
    others: false,
  },
  mute: {
    kinds: ['group', 'public'],
    roles: ['owner', 'moderator'],
    others: false,
  },
  setRole: {
    kinds: ['group'],
    roles: ['owner'],
    others: false,
  },
  changeSettings: {
    kinds: ['group', 'public'],
    roles: ['owner', 'moderator'],
    others: false,
  },
  mentionEveryone: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator'],
    others: false,
  },
  report: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member', 'readonly'],
    others: true,
  },
  seeReports: {
    kinds: ['group', 'public'],
    roles: ['owner', 'moderator'],
    others: false,
  },
  editOwn: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member'],
    others: true,
  },
  deleteOwn: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member'],
    others: true,
  },
  deleteOthers: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator'],
    others: false,
  },
  pin: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member'],
    others: false,
  },
  react: {
    kinds: ['group', 'direct', 'public'],
    roles: ['owner', 'moderator', 'member'],
    others: true,
  },
});
