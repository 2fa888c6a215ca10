// What the windows for moderators say, in every language. It comes with them, and not with the other texts (texts/), so
// that a first visit is small.

import { language } from '../language.js';

const en = {
  moderation: 'Moderation',
  mute: name => `Mute ${name}`,
  ban: name => `Ban ${name}`,
  muteIt: 'Mute',
  banIt: 'Ban',
  howLong: 'For how long',
  terms: [
    [0, 'Until somebody ends it'], [3_600, '1 hour'], [86_400, '1 day'], [604_800, '1 week'], [2_592_000, '30 days'],
  ],
  reason: 'Reason',
  reasonSeen: 'Optional. The person, owners and moderators can read it.',
  slowMode: 'Slow mode',
  slowModeHint: 'Members wait this long between two messages.',
  slowModes: [
    [0, 'Off'], [5, '5 seconds'], [10, '10 seconds'], [30, '30 seconds'], [60, '1 minute'], [300, '5 minutes'],
    [3_600, '1 hour'],
  ],
  seconds: n => `${n} seconds`,
  banned: 'Banned',
  nobodyBanned: 'Nobody is banned.',
  until: time => `until ${time}`,
  unban: 'Unban',
  unbanLabel: name => `Unban ${name}`,
  addAgain: 'Add again',
  addAgainLabel: name => `Add again: ${name}`,
  reports: 'Reports',
  noReports: 'There are no open reports.',
  aboutUser: name => `About ${name}`,
  aboutMessage: name => `A message of ${name}`,
  gone: 'The message is not there any more.',
  noText: 'The message has no text.',
  reportedBy: (name, time) => `Reported by ${name}, ${time}`,
  dismiss: 'Dismiss',
  dismissLabel: name => `Dismiss the report about ${name}`,
  acted: 'Done',
  actedLabel: name => `Close the report about ${name} as done`,
  more: 'Show more',
  report: name => `Report ${name}`,
  reportMessage: name => `Report this message of ${name}`,
  reportIt: 'Report',
  reportSeen: 'Moderators of this conversation read it. The person is not told.',
  reported: 'Reported to the moderators.',
  notLoaded: 'This could not be loaded. Close it and try again.',
};

/** @type {typeof en} */
const de = {
  moderation: 'Moderation',
  mute: name => `${name} stummschalten`,
  ban: name => `${name} sperren`,
  muteIt: 'Stummschalten',
  banIt: 'Sperren',
  howLong: 'Wie lange',
  terms: [
    [0, 'Bis es jemand beendet'], [3_600, '1 Stunde'], [86_400, '1 Tag'], [604_800, '1 Woche'], [2_592_000, '30 Tage'],
  ],
  reason: 'Grund',
  reasonSeen: 'Freiwillig. Die Person, Leitung und Moderation können ihn lesen.',
  slowMode: 'Langsamer Modus',
  slowModeHint: 'So lange warten Mitglieder zwischen zwei Nachrichten.',
  slowModes: [
    [0, 'Aus'], [5, '5 Sekunden'], [10, '10 Sekunden'], [30, '30 Sekunden'], [60, '1 Minute'], [300, '5 Minuten'],
    [3_600, '1 Stunde'],
  ],
  seconds: n => `${n} Sekunden`,
  banned: 'Gesperrt',
  nobodyBanned: 'Niemand ist gesperrt.',
  until: time => `bis ${time}`,
  unban: 'Entsperren',
  unbanLabel: name => `${name} entsperren`,
  addAgain: 'Wieder hinzufügen',
  addAgainLabel: name => `Wieder hinzufügen: ${name}`,
  reports: 'Meldungen',
  noReports: 'Es gibt keine offenen Meldungen.',
  aboutUser: name => `Über ${name}`,
  aboutMessage: name => `Eine Nachricht von ${name}`,
  gone: 'Die Nachricht gibt es nicht mehr.',
  noText: 'Die Nachricht hat keinen Text.',
  reportedBy: (name, time) => `Gemeldet von ${name}, ${time}`,
  dismiss: 'Abweisen',
  dismissLabel: name => `Die Meldung über ${name} abweisen`,
  acted: 'Erledigt',
  actedLabel: name => `Die Meldung über ${name} ist erledigt`,
  more: 'Mehr zeigen',
  report: name => `${name} melden`,
  reportMessage: name => `Diese Nachricht von ${name} melden`,
  reportIt: 'Melden',
  reportSeen: 'Die Moderation dieser Unterhaltung liest es. Die Person erfährt es nicht.',
  reported: 'Der Moderation gemeldet.',
  notLoaded: 'Das konnte nicht geladen werden. Schließen und noch einmal versuchen.',
};

export const texts = { en, de };

/** In the language of the page. */
export const moderationWords = () => texts[language()];
