// Addresses of what the app shows: a conversation, and a message in it.

const home = () => new URL('.', document.baseURI).href;

/** @param {string} conversation @param {number} seq */
export const linkTo = (conversation, seq) => `${home()}#/c/${conversation}/${seq}`;

/** Whether a link leads to something in this app: it is opened here. @param {string} href */
export const isHere = href => href.startsWith(`${home()}#/c/`);

/** What the address of the page names. @param {string} hash @returns {{id: string|null, seq: number}} */
export function placeOf(hash) {
  const [, id = null, seq = '0'] = /^#\/c\/([\w-]+)(?:\/(\d{1,15}))?$/.exec(hash) ?? [];
  return { id, seq: Number(seq) };
}
