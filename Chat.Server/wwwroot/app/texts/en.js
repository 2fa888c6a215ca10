// All that the app says to people, in English: short, plain and true. texts/de.js has the same in German.

import { localeOf } from '../locale.js';

export const language = 'en';

const { format: number } = new Intl.NumberFormat(localeOf(language));

const count = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

export const seenWords = {
  today: 'Today',
  yesterday: 'Yesterday',
  offline: 'offline',
  online: 'online',
  justNow: 'seen just now',
  minutesAgo: minutes => `seen ${minutes} min ago`,
  at: time => `seen ${time}`,
};

/** What a participant is, in sentences. */
const roleWords = {
  owner: 'an owner',
  moderator: 'a moderator',
  member: 'a member',
};

export const noteWords = {
  created: who => `${who} started the conversation`,
  added: (who, whom) => `${who} added ${whom}`,
  left: who => `${who} left`,
  removed: (who, whom) => `${who} removed ${whom}`,
  roleChanged: (who, whom, role) =>
    role === 'readonly' ? `${who} muted ${whom}` : `${who} made ${whom} ${roleWords[role] ?? role}`,
  changed: (who, { title, topic, avatarUrl, isArchived, slowModeSeconds: seconds }) => [
    title == null ? '' : title ? `${who} named the conversation “${title}”` : `${who} removed the title`,
    topic == null ? '' : topic ? `${who} set the topic: “${topic}”` : `${who} removed the topic`,
    avatarUrl == null ? '' : avatarUrl ? `${who} changed the picture` : `${who} removed the picture`,
    isArchived == null ? '' : isArchived ? `${who} archived the conversation` : `${who} unarchived the conversation`,
    seconds == null ? '' : seconds > 0 ? `${who} set slow mode to ${seconds} s` : `${who} ended slow mode`,
  ].filter(Boolean).join('; '),
};

/** What a participant is, on its own. A member is nothing in particular. */
export const roleLabels = { owner: 'Owner', moderator: 'Moderator', readonly: 'Read-only' };

/** What may be done with a participant. */
export const personActs = {
  owner: 'Make owner',
  moderator: 'Make moderator',
  member: 'Make member',
  unmute: 'Unmute',
  readonly: 'Mute',
  remove: 'Remove',
  blocked: 'Ban',
};

export const words = {
  app: 'Chat',
  titled: unread => (unread > 0 ? `(${unread > 99 ? '99+' : unread}) Chat` : 'Chat'),
  lobby: 'Lobby',
  unnamed: '…',
  justYou: 'Just you',
  you: 'You',
  loading: 'Loading…',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  tryNow: 'Try now',

  signInRefused: 'The server does not accept this sign-in.',
  signedOut: 'You are signed out.',
  tokenRefused: 'The server does not accept this token.',
  tokenUnchecked: 'The server could not check the token. Try again.',
  tokenOver: 'Your sign-in has ended. Enter a new token.',

  conversations: 'Conversations',
  newConversation: 'New conversation',
  newConversationTip: 'New conversation (Alt+N)',
  settings: 'Settings and help',
  settingsTip: 'Settings and help (?)',
  find: 'Find a conversation',
  noneFound: 'No conversation has this name.',
  noMessages: 'No messages yet',
  attachment: 'Attachment',
  attachmentAt: url => `Attachment: ${url}`,
  by: (who, text) => `${who}: ${text}`,
  typingShort: 'typing…',
  mentions: 'Mentions',
  mentioned: 'mentions you',
  newReplies: 'New replies in threads',
  more: 'More',
  unread: n => `${n} unread`,
  muted: 'Muted',

  skipToFind: 'Skip to search',
  skipToWriting: 'Skip to writing',
  choose: 'Choose a conversation',
  notYours: 'You cannot open this conversation',
  inList: 'Your conversations are in the list.',
  backToList: 'Back to the list',
  backLabel: 'Back to the list of conversations',
  conversation: 'Conversation',
  everybody: 'Everybody',
  group: 'Group',
  peopleOnline: (people, online) => `${people} · ${number(online)} online`,
  peopleCount: n => count(n, 'person', 'people'),
  closed: 'You are not in this conversation any more.',
  typing: (names, n) => `${names} ${n === 1 ? 'is' : 'are'} typing…`,
  mute: 'Mute',
  unmute: 'Unmute',
  muteTip: 'Mute: no notifications of this conversation',
  unmuteTip: 'Muted: turn notifications on again',

  messagesIn: name => `Messages in ${name}`,
  olderFailed: 'Older messages did not load. Try again',
  olderLoading: 'Loading older messages…',
  writeFirst: 'Write the first one below.',
  newMessages: 'New messages',
  putBack: 'The server lost the messages that were here',
  newest: 'Newest',
  newCount: n => `${number(n)} new`,
  notFound: 'This message could not be loaded.',
  messageActs: 'What to do with this message',
  edited: 'edited',
  showVersions: 'Edited: show what it said before',
  deleted: 'This message was deleted.',
  editMessage: 'Edit message',
  editing: 'You are editing a message.',
  save: 'Save',
  saving: 'Saving…',
  notEdited: reason => `Not changed: ${reason}`,
  notDeleted: reason => `Not deleted: ${reason}`,
  pinned: 'Pinned',
  replyTo: (who, text) => `Reply to ${who}: ${text}`,
  toQuoted: 'Show the message that is answered',
  noQuoted: 'This message is not there.',
  markedUnread: 'Marked as unread.',
  showAll: 'Show all',
  showLess: 'Show less',
  code: 'Code',
  copyCode: 'Copy',
  copied: 'Copied',
  sent: 'Sent',
  read: 'Read',
  sending: 'Sending…',
  sendingLabel: 'sending',
  notSentLabel: 'not sent',
  sentLater: 'Will be sent when the connection is back',
  notSent: reason => (reason ? `Not sent: ${reason}` : 'Not sent'),
  edit: 'Edit',
  discard: 'Discard',

  messageTo: name => `Message ${name}`,
  send: 'Send',
  sendTip: 'Send (Enter)',
  tooLong: (kib, most) => `This message is too long: ${number(kib)} KiB of ${most} KiB. Shorten or split it.`,
  beginning: 'Only the beginning is shown.',

  people: 'People',

  changeFailed: 'This could not be changed.',
  several: (names, more) => more > 0 ? `${names.join(', ')} and ${number(more)} more`
    : names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,

  connectedAgain: 'Connected again.',
  nextAttempt: seconds => `Next attempt in ${seconds} s.`,
  manyNew: n => `${number(n)} new messages`,
  messageIn: name => ` in ${name}`,
  notifiedIn: (who, where) => `${who} in ${where}`,
  manyConversations: n => `New messages in ${number(n)} conversations`,
};

/** Of a sign-in at a provider: why it did not work, and why it has ended. */
export const signInTexts = {
  denied: place => `${place} says that you did not allow it.`,
  mismatch: 'This answer belongs to another sign-in, or was used before. Sign in again.',
  unreachable: place => `${place} does not answer. Try again.`,
  refused: (place, detail) => `${place} refuses the sign-in: ${detail}`,
  insecure: 'Signing in needs a page that is served by https.',
  storage: 'This browser keeps nothing for this page. Signing in needs that.',
  failed: 'The sign-in failed. Try again.',
  revoked: 'The operator of this server has ended your sign-in.',
  ended: 'Your sign-in has ended. Sign in again.',
};

/** The state of the connection. */
export const connectionTexts = {
  connecting: 'Connecting…',
  loading: 'Loading…',
  catchingUp: missed => `Connected. Loading ${count(missed, 'message')}…`,
  reconnecting: later => `Connecting again… ${later}`,
  noNetwork: 'Offline: this device has no network.',
  noSignIn: 'Offline: the sign-in service does not answer.',
  refusedWith: status => `Offline: the connection is refused (${status}).`,
  noAnswer: 'Offline: the server does not answer.',
  later: 'What you write will be sent when the connection is back.',
  waiting: n => `${count(n, 'message')} will be sent when the connection is back.`,
  notKept: 'Keep this page open: this browser does not store them.',
  refused: why => `The server refuses the connection: ${why}`,
  banned: 'You are banned from this server.',
  tenant_suspended: 'Your workspace is suspended.',
  identity_mismatch: 'The sign-in is of another user. Reload this page to start again.',
};

/** What to tell of a refusal. @param {string|null} code @param {string} said what the server said, in English */
export const refused = (code, said) => said;
