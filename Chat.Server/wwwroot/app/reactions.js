// What is known of the reactions to a message, and what is shown of them. Pure.

/**
 * @typedef {object} Reactions
 * @property {{key: string, count: number}[]} counts As the log told them last, in the order in which they are shown.
 * @property {string[]} mine The user's own.
 * @property {string[]} told Those of the user's own that the counts have.
 */

/** What the server says of a message in a page. @param {any} current @returns {Reactions|null} null: there are none */
export const reactionsIn = ({ counts = [], mine = [] }) =>
  (counts.length === 0 && mine.length === 0 ? null : { counts, mine, told: mine });

/**
 * After an entry of the log. What is shown keeps its place; what is new comes behind it.
 * @param {Reactions|null} before @param {any} entry @param {string} self @returns {Reactions|null}
 */
export function afterEntry(before, { counts, changes }, self) {
  const own = changes?.find(change => change.userId === self)?.keys;
  const mine = own ?? before?.mine ?? [];
  // Where nobody is named, what was set before this entry is in its counts.
  const told = own ?? (changes ? before?.told : before?.mine) ?? [];
  const places = new Map(before?.counts.map(({ key }, i) => [key, i]));
  const place = ({ key }) => places.get(key) ?? places.size;
  return counts.length === 0 && mine.length === 0 ? null
    : { counts: [...counts].sort((a, b) => place(a) - place(b)), mine, told };
}

/** After a receipt, or a word from another device. @param {Reactions|null} before @param {string[]} mine */
export const withOwn = (before, mine) =>
  (before === null && mine.length === 0 ? null : { counts: [], told: [], ...before, mine });

/** The user's own, as they will be. @param {Reactions|null} reactions @param {string[]|null} wanted what waits */
export const ownIn = (reactions, wanted) => wanted ?? reactions?.mine ?? [];

/**
 * What is shown, the user's own as they will be.
 * @param {Reactions|null} reactions @param {string[]|null} wanted
 * @returns {{key: string, count: number, isMine: boolean}[]}
 */
export function shownOf(reactions, wanted) {
  const own = ownIn(reactions, wanted), told = reactions?.told ?? [];
  const shown = new Map(reactions?.counts.map(({ key, count }) => [key, count - (told.includes(key) ? 1 : 0)]));
  for (const key of own) shown.set(key, (shown.get(key) ?? 0) + 1);
  return [...shown].filter(([, count]) => count > 0)
    .map(([key, count]) => ({ key, count, isMine: own.includes(key) }));
}

/** Adds one, or takes it back. @param {string[]} keys @param {string} key */
export const toggled = (keys, key) => (keys.includes(key) ? keys.filter(one => one !== key) : [...keys, key]);
