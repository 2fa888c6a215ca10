// All that the app says to people, in German: short, plain, true, and with "du". texts/en.js has the same in English.

import { localeOf } from '../locale.js';

export const language = 'de';

const { format: number } = new Intl.NumberFormat(localeOf(language));

const count = (n, one, many) => `${number(n)} ${n === 1 ? one : many}`;

const messages = n => count(n, 'Nachricht', 'Nachrichten');

export const seenWords = {
  today: 'Heute',
  yesterday: 'Gestern',
  offline: 'offline',
  online: 'online',
  justNow: 'gerade noch da',
  minutesAgo: minutes => `vor ${minutes} Min. da`,
  at: time => `zuletzt da: ${time}`,
};

/** What a participant is, in sentences. */
const roleWords = {
  owner: 'zur Leitung',
  moderator: 'zur Moderation',
  member: 'zum Mitglied',
};

export const noteWords = {
  created: who => `${who} hat die Unterhaltung begonnen`,
  added: (who, whom) => `${who} hat ${whom} hinzugefügt`,
  left: who => `${who} hat die Unterhaltung verlassen`,
  removed: (who, whom) => `${who} hat ${whom} entfernt`,
  roleChanged: (who, whom, role) =>
    role === 'readonly' ? `${who} hat ${whom} stummgeschaltet`
      : `${who} hat ${whom} ${roleWords[role] ?? `zu ${role}`} gemacht`,
  changed: (who, { title, topic, avatarUrl, isArchived, slowModeSeconds: seconds }) => [
    title == null ? '' : title ? `${who} hat die Unterhaltung „${title}“ genannt` : `${who} hat den Titel entfernt`,
    topic == null ? '' : topic ? `${who} hat das Thema gesetzt: „${topic}“` : `${who} hat das Thema entfernt`,
    avatarUrl == null ? '' : avatarUrl ? `${who} hat das Bild geändert` : `${who} hat das Bild entfernt`,
    isArchived == null ? '' : isArchived ? `${who} hat die Unterhaltung archiviert`
      : `${who} hat die Unterhaltung wieder geöffnet`,
    seconds == null ? '' : seconds > 0 ? `${who} hat den langsamen Modus auf ${seconds} s gestellt`
      : `${who} hat den langsamen Modus beendet`,
  ].filter(Boolean).join('; '),
};

/** What a participant is, on its own. A member is nothing in particular. */
export const roleLabels = { owner: 'Leitung', moderator: 'Moderation', readonly: 'Liest nur mit' };

/** What may be done with a participant. */
export const personActs = {
  owner: 'Zur Leitung machen',
  moderator: 'Zur Moderation machen',
  member: 'Zum Mitglied machen',
  unmute: 'Wieder schreiben lassen',
  readonly: 'Stummschalten',
  remove: 'Entfernen',
  blocked: 'Sperren',
};

export const words = {
  app: 'Chat',
  titled: unread => (unread > 0 ? `(${unread > 99 ? '99+' : unread}) Chat` : 'Chat'),
  lobby: 'Lobby',
  unnamed: '…',
  justYou: 'Nur du',
  you: 'Du',
  loading: 'Wird geladen …',
  cancel: 'Abbrechen',
  tryAgain: 'Erneut versuchen',
  tryNow: 'Jetzt versuchen',

  signInRefused: 'Der Server nimmt diese Anmeldung nicht an.',
  signedOut: 'Du bist abgemeldet.',
  tokenRefused: 'Der Server nimmt dieses Token nicht an.',
  tokenUnchecked: 'Der Server konnte das Token nicht prüfen. Versuch es noch einmal.',
  tokenOver: 'Deine Anmeldung ist beendet. Gib ein neues Token ein.',

  conversations: 'Unterhaltungen',
  newConversation: 'Neue Unterhaltung',
  newConversationTip: 'Neue Unterhaltung (Alt+N)',
  settings: 'Einstellungen und Hilfe',
  settingsTip: 'Einstellungen und Hilfe (?)',
  find: 'Unterhaltung suchen',
  noneFound: 'Keine Unterhaltung heißt so.',
  noMessages: 'Noch keine Nachrichten',
  attachment: 'Anhang',
  attachmentAt: url => `Anhang: ${url}`,
  by: (who, text) => `${who}: ${text}`,
  typingShort: 'schreibt …',
  mentions: 'Erwähnungen',
  mentioned: 'erwähnt dich',
  newReplies: 'Neue Antworten in Threads',
  more: 'Mehr',
  unread: n => `${n} ungelesen`,
  muted: 'Stumm',

  skipToFind: 'Zur Suche springen',
  skipToWriting: 'Zum Schreiben springen',
  choose: 'Wähle eine Unterhaltung',
  notYours: 'Diese Unterhaltung kannst du nicht öffnen',
  inList: 'Deine Unterhaltungen stehen in der Liste.',
  backToList: 'Zurück zur Liste',
  backLabel: 'Zurück zur Liste der Unterhaltungen',
  conversation: 'Unterhaltung',
  everybody: 'Alle',
  group: 'Gruppe',
  peopleOnline: (people, online) => `${people} · ${number(online)} online`,
  peopleCount: n => count(n, 'Person', 'Personen'),
  closed: 'Du bist nicht mehr in dieser Unterhaltung.',
  typing: (names, n) => `${names} ${n === 1 ? 'schreibt' : 'schreiben'} …`,
  mute: 'Stummschalten',
  unmute: 'Stummschaltung aufheben',
  muteTip: 'Stummschalten: keine Benachrichtigungen aus dieser Unterhaltung',
  unmuteTip: 'Stumm: Benachrichtigungen wieder einschalten',

  messagesIn: name => `Nachrichten in ${name}`,
  olderFailed: 'Ältere Nachrichten wurden nicht geladen. Erneut versuchen',
  olderLoading: 'Ältere Nachrichten werden geladen …',
  writeFirst: 'Schreib unten die erste.',
  newMessages: 'Neue Nachrichten',
  putBack: 'Der Server hat die Nachrichten verloren, die hier standen',
  newest: 'Neueste',
  newCount: n => `${number(n)} neu`,
  notFound: 'Diese Nachricht konnte nicht geladen werden.',
  messageActs: 'Aktionen für diese Nachricht',
  edited: 'bearbeitet',
  showVersions: 'Bearbeitet: zeigen, was vorher dastand',
  deleted: 'Diese Nachricht wurde gelöscht.',
  editMessage: 'Nachricht bearbeiten',
  editing: 'Du bearbeitest eine Nachricht.',
  save: 'Speichern',
  saving: 'Wird gespeichert …',
  notEdited: reason => `Nicht geändert: ${reason}`,
  notDeleted: reason => `Nicht gelöscht: ${reason}`,
  pinned: 'Angeheftet',
  replyTo: (who, text) => `Antwort an ${who}: ${text}`,
  toQuoted: 'Die Nachricht zeigen, die beantwortet wird',
  noQuoted: 'Diese Nachricht ist nicht da.',
  markedUnread: 'Als ungelesen markiert.',
  showAll: 'Alles zeigen',
  showLess: 'Weniger zeigen',
  code: 'Code',
  copyCode: 'Kopieren',
  copied: 'Kopiert',
  sent: 'Gesendet',
  read: 'Gelesen',
  sending: 'Wird gesendet …',
  sendingLabel: 'wird gesendet',
  notSentLabel: 'nicht gesendet',
  sentLater: 'Wird gesendet, sobald die Verbindung wieder da ist',
  notSent: reason => (reason ? `Nicht gesendet: ${reason}` : 'Nicht gesendet'),
  edit: 'Bearbeiten',
  discard: 'Verwerfen',

  messageTo: name => `Nachricht an ${name}`,
  send: 'Senden',
  sendTip: 'Senden (Eingabetaste)',
  tooLong: (kib, most) => `Die Nachricht ist zu lang: ${number(kib)} KiB von ${most} KiB. Kürze oder teile sie.`,
  beginning: 'Nur der Anfang wird gezeigt.',

  people: 'Personen',

  changeFailed: 'Das konnte nicht geändert werden.',
  several: (names, more) => more > 0 ? `${names.join(', ')} und ${number(more)} weitere`
    : names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} und ${names.at(-1)}`,

  connectedAgain: 'Wieder verbunden.',
  nextAttempt: seconds => `Nächster Versuch in ${seconds} s.`,
  manyNew: n => `${number(n)} neue Nachrichten`,
  messageIn: name => ` in ${name}`,
  notifiedIn: (who, where) => `${who} in ${where}`,
  manyConversations: n => `Neue Nachrichten in ${number(n)} Unterhaltungen`,
};

/** Of a sign-in at a provider: why it did not work, and why it has ended. */
export const signInTexts = {
  denied: place => `${place} meldet, dass du es nicht erlaubt hast.`,
  mismatch: 'Diese Antwort gehört zu einer anderen Anmeldung oder wurde schon benutzt. Melde dich neu an.',
  unreachable: place => `${place} antwortet nicht. Versuch es noch einmal.`,
  refused: (place, detail) => `${place} lehnt die Anmeldung ab: ${detail}`,
  insecure: 'Die Anmeldung braucht eine Seite, die über https kommt.',
  storage: 'Dieser Browser speichert nichts für diese Seite. Die Anmeldung braucht das.',
  failed: 'Die Anmeldung hat nicht geklappt. Versuch es noch einmal.',
  revoked: 'Wer diesen Server betreibt, hat deine Anmeldung beendet.',
  ended: 'Deine Anmeldung ist beendet. Melde dich neu an.',
};

/** The state of the connection. */
export const connectionTexts = {
  connecting: 'Verbindung wird hergestellt …',
  loading: 'Wird geladen …',
  catchingUp: missed => `Verbunden. ${messages(missed)} ${missed === 1 ? 'wird' : 'werden'} geladen …`,
  reconnecting: later => `Verbindung wird neu hergestellt … ${later}`,
  noNetwork: 'Offline: Dieses Gerät hat kein Netz.',
  noSignIn: 'Offline: Der Anmeldedienst antwortet nicht.',
  refusedWith: status => `Offline: Die Verbindung wird abgelehnt (${status}).`,
  noAnswer: 'Offline: Der Server antwortet nicht.',
  later: 'Was du schreibst, wird gesendet, sobald die Verbindung wieder da ist.',
  waiting: n => `${messages(n)} ${n === 1 ? 'wird' : 'werden'} gesendet, sobald die Verbindung wieder da ist.`,
  notKept: 'Lass diese Seite offen: Dieser Browser speichert sie nicht.',
  refused: why => `Der Server lehnt die Verbindung ab: ${why}`,
  banned: 'Du bist auf diesem Server gesperrt.',
  tenant_suspended: 'Dein Arbeitsbereich ist stillgelegt.',
  identity_mismatch: 'Die Anmeldung gehört zu jemand anderem. Lade die Seite neu, um von vorn zu beginnen.',
};

const refusals = {
  bad_request: 'So geht es nicht.',
  forbidden: 'Das darfst du hier nicht.',
  rate_limited: 'Das war zu schnell. Versuch es gleich noch einmal.',
  internal_error: 'Auf dem Server ging etwas schief. Versuch es noch einmal.',
  unsupported_type: 'Diese Art von Nachricht kennt der Server nicht.',
  conflict: 'Jemand war schneller.',
  gone: 'Die Nachricht gibt es nicht mehr.',
  read_only: 'Hier kannst du nur lesen.',
};

/** What to tell of a refusal. @param {string|null} code @param {string} said what the server said, in English */
export const refused = (code, said) => refusals[code] ?? said;
