// Light or dark: as on this device, unless one was chosen. app/first.js applies it before anything is drawn.

import { settings } from './stored.js';

/** @returns {'system'|'light'|'dark'} */
export const theme = () => {
  const chosen = settings.get('theme');
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
};

/** @param {string} chosen */
export function setTheme(chosen) {
  settings.set('theme', chosen === 'system' ? null : chosen);
  apply(theme());
}

function apply(chosen) {
  if (chosen === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}
