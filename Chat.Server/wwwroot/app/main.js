// Begins: asks for a name or a token if there is none, then draws whenever something changed.

import { html, render } from '../vendor/htm-preact.js';
import { Announcer } from './announcer.js';
import { Chat } from './chat.js';
import { Notifier } from './notifier.js';
import { scheduled } from './schedule.js';
import { handedOver, pasted, userOf, wantsToken } from './sign-in.js';
import { name } from './stored.js';
import { words } from './words.js';
import { App } from './views/app.js';
import { SignIn } from './views/sign-in.js';
import { Welcome } from './views/welcome.js';

const root = document.getElementById('app');
const announcer = new Announcer(document.getElementById('announcer'));
let chat = null;
/** Whether the server wants tokens, and what is said beside the question for one. */
let [asksToken, problem] = [false, null];

const { changed, changedInFrame } = scheduled(draw);
const notifier = new Notifier({ changed, open: id => { location.hash = `#/c/${id}`; } });

function draw() {
  if (chat === null) {
    document.title = words.app;
    const question = asksToken
      ? html`<${SignIn} error=${problem} onToken=${signIn} />`
      : html`<${Welcome} onName=${begin} />`;
    render(question, root);
    return;
  }
  document.title = words.titled(chat.conversations.unread());
  render(html`<${App} key=${chat.self} chat=${chat} notifier=${notifier} onLeave=${leave} />`, root);
}

function begin(user, accessToken) {
  if (!accessToken) name.set(user);
  chat = new Chat(user, { changed, changedInFrame, announcer, notifier, signedOut }, accessToken);
  chat.start();
  draw();
}

async function leave() {
  const ended = chat;
  chat = null;
  name.set(null);
  history.replaceState(null, '', location.pathname);
  draw();
  await ended.stop();
}

/** The server has refused whoever this is: does it want a token, or another one? */
async function signedOut(hadToken) {
  const ended = chat;
  if (!hadToken && !await wantsToken()) return; // something on the way; the client goes on trying
  if (chat !== ended || ended === null) return;
  chat = null;
  [asksToken, problem] = [true, hadToken ? words.tokenOver : null];
  draw();
  await ended.stop();
}

const signIn = token => enter(pasted(token));

/** @param {import('./sign-in.js').Provider} provider */
async function enter(provider) {
  asksToken = true;
  try {
    const user = await userOf(provider);
    problem = user === null ? words.tokenRefused : null;
    if (user !== null) return begin(user, provider);
  } catch {
    problem = words.tokenUnchecked;
  }
  draw();
}

const host = handedOver();
const known = name.get();
if (host !== null) enter(host);
else if (known !== null) begin(known);
else {
  draw();
  wantsToken().then(wanted => {
    if (!wanted || chat !== null) return;
    asksToken = true;
    draw();
  });
}
