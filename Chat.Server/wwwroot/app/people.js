// How people look: initials on one of a few colours, on each of which white text has a contrast of 4.5 or more (app.css has them).

const Colours = 10;

/** One of the classes tone-0 … tone-9, the same for the same name everywhere. @param {string} name */
export function tone(name) {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  return `tone-${(hash >>> 0) % Colours}`;
}

/** One or two letters. @param {string} name */
export function initials(name) {
  const words = name.split(/[\s._@-]+/u).filter(word => word !== '');
  if (words.length === 0) return '?';
  const letters = words.length === 1 ? [...words[0]].slice(0, 1) : [[...words[0]][0], [...words[words.length - 1]][0]];
  return letters.join('').toLocaleUpperCase();
}

/** "Ann", "Ann and Bob", "Ann, Bob and 3 more". @param {string[]} names */
export function several(names) {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length === 2) return `${names[0]} and ${names[1]}`;
  if (names.length === 3) return `${names[0]}, ${names[1]} and ${names[2]}`;
  return `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}
