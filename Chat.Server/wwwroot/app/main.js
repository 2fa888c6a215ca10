// Begins: asks for a name if there is none, then draws whenever something changed.

import { html, render } from '../vendor/htm-preact.js';
import { Announcer } from './announcer.js';
import { Chat } from './chat.js';
import { Notifier } from './notifier.js';
import { scheduled } from './schedule.js';
import { name } from './stored.js';
import { words } from './words.js';
import { App } from './views/app.js';
import { Welcome } from './views/welcome.js';

const root = document.getElementById('app');
const announcer = new Announcer(document.getElementById('announcer'));
let chat = null;

const { changed, changedInFrame } = scheduled(draw);
const notifier = new Notifier({ changed, open: id => { location.hash = `#/c/${id}`; } });

function draw() {
  if (chat === null) {
    document.title = words.app;
    render(html`<${Welcome} onName=${begin} />`, root);
    return;
  }
  document.title = words.titled(chat.conversations.unread());
  render(html`<${App} key=${chat.self} chat=${chat} notifier=${notifier} onLeave=${leave} />`, root);
}

function begin(user) {
  name.set(user);
  chat = new Chat(user, { changed, changedInFrame, announcer, notifier });
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

const known = name.get();
if (known === null) draw();
else begin(known);
