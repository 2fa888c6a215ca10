// Keeps the app's own files, so that it opens without a network. It never keeps an answer of the server, and as long as
// the network answers, what it answers is what is shown: no version of the app stays behind.

const Kept = `chat-files ${registration.scope} `;
/** A network that says nothing for so long is none. */
const AnswersWithin = 4_000;
/** Names of the files that it may keep: those of the app, and nothing else that the server has. */
const File = /^(?:(?:index\.html)?|(?:app|sdk|vendor)\/[\w/.-]+\.(?:js|css|svg))$/;

/** Pages that were opened without a network, and the files they were opened with. @type {Map<string, string>} */
const opened = new Map();

addEventListener('install', event => {
  skipWaiting();
  event.waitUntil(keep());
});

addEventListener('activate', event => event.waitUntil(clients.claim()));

addEventListener('fetch', event => {
  const { request } = event, path = pathOf(request.url);
  if (request.method !== 'GET' || path === null || !File.test(path)) return;
  const isPage = request.mode === 'navigate';
  event.respondWith(isPage ? page(event, path) : file(event, path));
  // A page that comes from the server may come with another version.
  if (isPage) event.waitUntil(keep().catch(() => {}));
});

async function page(event, path) {
  try {
    return await fromServer(event.request);
  } catch (error) {
    const name = await newest();
    const kept = name === null ? null : await from(name, path);
    if (!kept) throw error;
    opened.set(event.resultingClientId, name);
    return kept;
  }
}

async function file(event, path) {
  const name = opened.get(event.clientId);
  const kept = name === undefined ? null : await from(name, path);
  if (kept) return kept;
  try {
    return await fromServer(event.request);
  } catch (error) {
    const last = await newest();
    const found = last === null ? null : await from(last, path);
    if (!found) throw error;
    return found;
  }
}

/** What the server answers. A gateway whose server is away is no answer. @param {Request} request */
async function fromServer(request) {
  let timer = 0;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error('late')), AnswersWithin); });
  try {
    const answer = await Promise.race([fetch(request), late]);
    if (answer.status >= 500) throw new Error(`${answer.status}`);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps the files of the server's version, all or none; those of the version before stay for pages that have them. */
async function keep() {
  const { version, files } = await list();
  const name = Kept + version;
  const names = await keptNames();
  if (names.at(-1) === name) return;
  await caches.delete(name); // left unfinished, or kept long ago
  const cache = await caches.open(name);
  try {
    await cache.addAll(files.map(path => new Request(path || './', { cache: 'no-cache' })));
    // In the middle of an update of the server they may be of two versions.
    if ((await list()).version !== version) throw new Error('updated meanwhile');
    await cache.put('complete', new Response(`${Date.now()}`));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  const inUse = new Set(opened.values());
  for (const old of names.slice(0, -1)) if (!inUse.has(old)) await caches.delete(old);
}

async function list() {
  const answer = await fetch('app/files.json', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** The complete ones, the newest last. @returns {Promise<string[]>} */
async function keptNames() {
  const found = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(Kept)) continue;
    const mark = await from(name, 'complete');
    if (mark) found.push({ name, at: Number(await mark.text()) });
  }
  return found.sort((a, b) => a.at - b.at).map(one => one.name);
}

const newest = async () => (await keptNames()).at(-1) ?? null;

async function from(name, path) {
  const cache = await caches.open(name);
  return cache.match(new URL(path === 'index.html' ? '' : path, registration.scope).href, { ignoreVary: true });
}

/** The path below the app, without what is asked of it; null: it is not below. @param {string} url */
function pathOf(url) {
  const { origin, pathname } = new URL(url), scope = new URL(registration.scope);
  return origin === scope.origin && pathname.startsWith(scope.pathname) ? pathname.slice(scope.pathname.length) : null;
}
