// All that the app says to people, in one place: short, in plain English, and true.

export const count = (n, one, many = `${one}s`) => `${n.toLocaleString()} ${n === 1 ? one : many}`;

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
  changed: (who, { title, slowModeSeconds: seconds }) => [
    title === null ? '' : title ? `${who} named the conversation “${title}”` : `${who} removed the title`,
    seconds === null ? '' : seconds > 0 ? `${who} set slow mode to ${seconds} s` : `${who} ended slow mode`,
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
  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  tryNow: 'Try now',

  welcome: 'Welcome to Chat',
  welcomeLead: 'Enter a name to start.',
  yourName: 'Your name',
  start: 'Start chatting',
  nameHint: 'Your name is remembered on this device. There is no password: anyone who uses this name is you.',
  signIn: 'Sign in to Chat',
  signInLead: 'This server needs a sign-in.',
  signInAt: place => `You sign in at ${place}.`,
  signInButton: 'Sign in',
  signingIn: 'Signing in…',
  signInRefused: 'The server does not accept this sign-in.',
  signedOut: 'You are signed out.',
  signOut: 'Sign out',
  signOutMeans: unsent => `Signing out removes your drafts from this browser${
    unsent > 0 ? `, and ${count(unsent, 'message')} that ${unsent === 1 ? 'is' : 'are'} not sent yet` : ''}.`,
  openServer: 'Open server.',
  openMeans: 'Anyone can use any name here, and read and write as them.',
  token: 'Access token',
  tokenHint: 'From whoever runs this server. It is kept in this tab only, until it is closed or reloaded.',
  tokenRefused: 'The server does not accept this token.',
  tokenUnchecked: 'The server could not check the token. Try again.',
  tokenOver: 'Your sign-in has ended. Enter a new token.',
  nameTooLong: most => `Use at most ${most} characters.`,
  nameUnreadable: 'Use a name of visible characters only.',

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
  peopleOnline: (people, online) => `${people} · ${online.toLocaleString()} online`,
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
  newerFailed: 'Newer messages did not load. Try again',
  writeFirst: 'Write the first one below.',
  newMessages: 'New messages',
  putBack: 'The server lost the messages that were here',
  newest: 'Newest',
  newCount: n => `${n.toLocaleString()} new`,
  showAll: 'Show all',
  showLess: 'Show less',
  code: 'Code',
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
  tooLong: (kib, most) => `This message is too long: ${kib.toLocaleString()} KiB of ${most} KiB. Shorten or split it.`,
  beginning: 'Only the beginning is shown.',

  people: 'People',
  actsLabel: name => `What to do with ${name}`,
  title: 'Title',
  changeTitle: 'Change',
  closePeople: 'Close the list of people',
  isYou: ' (you)',
  message: 'Message',
  messageLabel: name => `Message ${name}`,
  addPeople: 'Add people',
  block: 'Block',
  unblock: 'Unblock',
  blockLabel: (name, isBlocked) => `${isBlocked ? 'Unblock' : 'Block'} ${name}`,
  blocked: name => `${name} is blocked: you no longer write to each other directly.`,
  unblocked: name => `${name} is not blocked any more.`,

  withWhom: 'With whom?',
  withWhomHint: 'One name starts a direct conversation, several names start a group. Separate names with commas.',
  groupTitle: 'Title of the group (optional)',
  startIt: 'Start',
  nameSomebody: 'Enter at least one name besides your own.',
  addWhom: 'Names, separated by commas',
  add: 'Add',

  notifications: 'Notifications',
  notificationsNone: 'This browser does not support notifications.',
  notificationsBlocked: 'Notifications are blocked in the settings of this browser.',
  notificationsOff: 'Turn off notifications',
  notificationsOn: 'Turn on notifications',
  keyboard: 'Keyboard',
  keys: [
    [['Enter'], 'send'], [['Shift', 'Enter'], 'new line'],
    [['Alt', '↑'], 'previous conversation'], [['Alt', '↓'], 'next conversation'],
    [['Alt', 'N'], 'new conversation'], [['/'], 'find a conversation'],
    [['Esc'], 'to the message field; there: to the newest message'], [['?'], 'this list'],
  ],
  noPasswords: 'This server has no passwords: anyone who uses your name is you.',
  otherName: 'Use another name',
  changeFailed: 'This could not be changed.',

  connectedAgain: 'Connected again.',
  nextAttempt: seconds => `Next attempt in ${seconds} s.`,
  manyNew: n => `${n.toLocaleString()} new messages`,
  messageIn: name => ` in ${name}`,
  notifiedIn: (who, where) => `${who} in ${where}`,
  manyConversations: n => `New messages in ${n.toLocaleString()} conversations`,
};

/** Of a sign-in at a provider. */
export const signInWords = {
  /** Why it did not work. @param {any} problem @param {string} place @returns {string|null} */
  problem: ({ kind, detail }, place) => {
    switch (kind) {
      case 'none': return null; // it takes a person: the button is there
      case 'denied': return `${place} says that you did not allow it.`;
      case 'mismatch': return 'This answer belongs to another sign-in, or was used before. Sign in again.';
      case 'unreachable': return `${place} does not answer. Try again.`;
      case 'refused': return `${place} refuses the sign-in: ${detail}`;
      case 'insecure': return 'Signing in needs a page that is served by https.';
      case 'storage': return 'This browser keeps nothing for this page. Signing in needs that.';
      default: return 'The sign-in failed. Try again.';
    }
  },
  /** Why it has ended. @param {any} reason @param {boolean} hasProvider */
  over: (reason, hasProvider) => {
    if (codeOf(reason) === 'token_revoked') return 'Whoever runs this server has ended your sign-in.';
    return hasProvider ? 'Your sign-in has ended. Sign in again.' : words.tokenOver;
  },
};

/** What the server said, however deep it lies. @param {any} reason @returns {string|null} */
const codeOf = reason => (reason ? reason.code ?? codeOf(reason.cause) : null);

const refusedForGood = {
  banned: 'You are banned from this server.',
  tenant_suspended: 'Your workspace is suspended.',
  identity_mismatch: 'The sign-in is of another user. Reload this page to begin anew.',
};

/**
 * The state of the connection.
 * @param {{kind: import('./connection.js').Kind, missed: number, waiting: number, reason: any, network: boolean,
 *   kept: boolean}} state
 * @returns {{tone: 'busy'|'bad', text: string}|null} Null: nothing to say, all is well.
 */
export function connectionWords({ kind, missed, waiting, reason, network, kept }) {
  switch (kind) {
    case 'connecting':
      return { tone: 'busy', text: 'Connecting…' };
    case 'catchingUp':
      return { tone: 'busy', text: missed > 0 ? `Connected. Loading ${count(missed, 'message')}…` : 'Loading…' };
    case 'reconnecting':
      return { tone: 'bad', text: `Connecting again… ${later(waiting, kept)}` };
    case 'offline':
      return { tone: 'bad', text: `${away(network, reason)} ${later(waiting, kept)}` };
    case 'failed':
      return {
        tone: 'bad',
        text: refusedForGood[codeOf(reason)] ?? `The server refuses the connection: ${refusalWords(reason)}`,
      };
    default:
      return null;
  }
}

function away(network, reason) {
  if (!network) return 'Offline: this device has no network.';
  if (reason?.cause?.name === 'SignInProblem') return 'Offline: the sign-in service does not answer.';
  const status = reason?.status ?? 0;
  const isRefused = status >= 400 && status < 500;
  return isRefused ? `Offline: the connection is refused (${status}).` : 'Offline: the server does not answer.';
}

function later(waiting, kept) {
  if (waiting === 0) return 'What you write will be sent when the connection is back.';
  const sent = `${count(waiting, 'message')} will be sent when the connection is back.`;
  return kept ? sent : `${sent} Keep this page open: this browser does not store them.`;
}

/** What to tell of a refusal: "bad_request: too long" is "too long". @param {any} error */
export function refusalWords(error) {
  const text = String(error?.message ?? error);
  return text.replace(/^.*?\b(?:bad_request|forbidden|rate_limited|internal_error|unsupported_type): /s, '');
}
