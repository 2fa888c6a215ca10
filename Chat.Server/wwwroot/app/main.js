// Begins: asks for a name or a sign-in if there is none, then draws whenever something changed.

import { html, render } from '../vendor/htm-preact.js';
import { Chat } from './chat.js';
import { begin as beginLanguage, choose, language } from './language.js';
import { scheduled } from './schedule.js';
import { configOfServer, handedOver, hostLeaves, isAnswer, pasted, userOf } from './sign-in.js';
import { name } from './stored.js';
import { signInWords, words } from './words.js';
import { App } from './views/app.js';
import { later } from './views/later.js';

const SignIn = later(() => import('./views/sign-in.js').then(file => file.SignIn));
const Welcome = later(() => import('./views/welcome.js').then(file => file.Welcome));

/** The address of the app, to which a provider sends people back: also below a path. */
const home = new URL('.', document.baseURI).href;
const answer = new URLSearchParams(location.search);

const AgainMilliseconds = 2_000;
/** What is not needed now waits until what is needed has come. */
const QuietMilliseconds = 2_000;

/** The page around the app knows who this is. */
const host = handedOver();

const root = document.getElementById('app');
/** Reads out what happens; comes when something does. @type {Promise<import('./announcer.js').Announcer>|null} */
let reader = null;

function withReader(act) {
  reader ??= import('./announcer.js').then(file => new file.Announcer(document.getElementById('announcer')));
  reader.then(act).catch(() => { reader = null; });
}

const announcer = {
  say: text => withReader(one => one.say(text)),
  gone: id => withReader(one => one.gone(id)),
  message: (where, item) => withReader(one => one.message(where, item)),
  clear: () => withReader(one => one.clear()),
};
setTimeout(withReader, QuietMilliseconds, () => {}); // without a network nothing comes any more
let chat = null;
/** What is asked for while there is nobody: a name, a token, or a sign-in at the provider. */
let asks = 'name';
/** What is said beside that, and whether something is under way. */
let [problem, isBusy] = [null, false];
/** Anybody may use any name, and others can reach the server. */
let isOpen = false;
/** The dialog that is open at first: after a change of language it is still there. */
let dialog = null;
/** @type {import('./signin/account.js').Account | null} */
let account = null;
/** The application that the chat is in signs people in. */
let isOfHost = false;
/** A token is put in by hand: no provider and no page around the app gives one. */
const isPasted = () => account === null && host === null && !isOfHost;

const { changed, changedInFrame } = scheduled(draw);

function draw() {
  if (chat === null) {
    document.title = words.app;
    const question = asks === 'name'
      ? html`<${Welcome} onName=${id => begin({ id, tenant: 'default' })} />`
      : html`<${SignIn} at=${account?.place ?? null} wantsToken=${isPasted()} isBusy=${isBusy}
          error=${problem} onToken=${enterPasted} onSignIn=${askAnew} />`;
    render(question, root);
    return;
  }
  // To set it takes time, also where it says that already.
  const title = words.titled(chat.conversations.unread());
  if (title !== document.title) document.title = title;
  // In another language all is drawn again.
  const key = `${chat.self} ${language()}`;
  render(html`<${App} key=${key} chat=${chat} isOpen=${isOpen} dialog=${dialog} onLeave=${leave}
    onLanguage=${speak} />`, root);
}

/** @param {import('./sign-in.js').User} user @param {import('./sign-in.js').Provider} [accessToken] */
function begin(user, accessToken) {
  if (!accessToken) name.set(user.id);
  isBusy = false;
  chat = new Chat(user, { changed, changedInFrame, announcer, signedOut }, accessToken);
  chat.start();
  draw();
}

/**
 * Nobody is here: what is asked for, and what is said beside it.
 * @param {string} what
 * @param {string | null} [why]
 * @returns {Chat | null} the chat that was open, for the caller to stop
 */
function ask(what, why = null) {
  const ended = chat;
  [chat, asks, problem, isBusy] = [null, what, why, false];
  draw();
  return ended;
}

/** @param {string | null} chosen null: the browser's */
async function speak(chosen) {
  dialog = 'menu';
  await choose(chosen);
  draw();
  dialog = null;
}

async function leave() {
  const ended = ask(chat.hasToken || isOfHost ? 'token' : 'name');
  history.replaceState(null, '', location.pathname);
  if (!ended.hasToken) {
    name.set(null);
    await ended.stop();
    return;
  }
  isBusy = true;
  draw();
  await ended.signOut();
  if (account?.leave()) return; // the provider's page comes
  hostLeaves()?.();
  ask('token', words.signedOut);
}

/** The server has refused this user: does it want a token, or another one? */
async function signedOut(hadToken) {
  const ended = chat;
  if (!hadToken) {
    const config = await configOfServer(); // else something on the way refuses, and the client goes on trying
    if (chat !== ended || config === null || config.mode === 'open') return;
    if (config.mode === 'host') ask('token')?.stop(); // somebody else has signed in there, or nobody
    return configured(config);
  }
  if (ended === null) return;
  ask('token', signInWords.over(ended.client.status.reason, !isPasted()));
  await ended.stop();
}

const enterPasted = token => enter(pasted(token));

/** @param {import('./sign-in.js').Provider | null} provider null: the application that the chat is in */
async function enter(provider) {
  [asks, isBusy] = ['token', true];
  draw();
  try {
    const user = await userOf(provider);
    if (user !== null) return begin(user, provider ?? undefined);
    ask('token', isPasted() ? words.tokenRefused : words.signInRefused);
  } catch {
    ask('token', words.tokenUnchecked);
  }
}

/** Goes to the provider. @param {boolean} silent a user who has signed in there comes back at once */
async function go(silent) {
  [asks, problem, isBusy] = ['token', null, true];
  draw();
  try {
    await account.begin(silent);
  } catch (error) {
    ask('token', signInWords.problem(error, account.place));
  }
}

/** By the button: of the provider, or of the page around the app. */
function askAnew() {
  if (account === null) location.reload();
  else go(false);
}

/** Comes back from the provider. */
async function comeBack() {
  [asks, isBusy] = ['token', true];
  draw();
  try {
    await account.finish(answer);
  } catch (error) {
    return ask('token', signInWords.problem(error, account.place));
  }
  await enter(account.accessToken);
}

/** What the server says of itself. @param {import('./sign-in.js').Config | null} config */
function configured(config) {
  isOpen = config?.mode === 'open' && config.named === true;
  if (config !== null) keepFiles();
  if (config === null && isBusy) setTimeout(askServer, AgainMilliseconds); // an answer waits for what it says
  if (config?.mode === 'open' && isBusy) ask('name');
  isOfHost = config?.mode === 'host';
  if (isOfHost && chat === null) return enter(null);
  if (config?.mode !== 'token' || chat?.hasToken) return draw();
  if (config.sign_in) signInAt(config.sign_in);
  else ask('token')?.stop();
}

// The app opens without a network from now on. Browsers allow it to pages that are served securely; some forbid it.
function keepFiles() {
  setTimeout(() => navigator.serviceWorker?.register('sw.js').catch(() => {}), QuietMilliseconds);
}

/** At a provider; the code for that comes only then. @param {import('./signin/oidc.js').Config} provider */
async function signInAt(provider) {
  const file = await import('./signin/account.js').catch(() => null);
  if (file === null) return setTimeout(askServer, AgainMilliseconds);
  if (chat?.hasToken || account !== null) return; // asked twice
  account = new file.Account(provider, home);
  account.onLeave(left);
  ask('token')?.stop();
  if (isAnswer(answer) && location.search !== '') comeBack();
  else if (account.isKnown && !account.isLost) go(true);
}

// Another tab has signed out, of the provider as well.
function left() {
  if (chat === null) return;
  const ended = ask('token', words.signedOut);
  account.forget();
  ended.signOut();
}

// A page that the browser has kept, and shows again as it was when it went to the provider.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted && chat === null && isBusy) ask('token');
});

const askServer = () => configOfServer().then(configured);

function arrive() {
  if (host !== null) return enter(host);
  const known = name.get(), isComing = isAnswer(answer);
  if (known !== null && !isComing) begin({ id: known, tenant: 'default' });
  else {
    if (isComing) [asks, isBusy] = ['token', true];
    draw();
  }
  askServer();
}

beginLanguage().then(arrive);
