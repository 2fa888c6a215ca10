import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Announcer } from '../../../Chat.Server/wwwroot/app/announcer.js';

// As much of a document as a live region needs.
globalThis.document = /** @type {any} */ ({ createElement: () => ({ textContent: '' }) });

class Region {
  texts = [];

  append(element) {
    this.texts.push(element);
    element.remove = () => this.texts.splice(this.texts.indexOf(element), 1);
  }

  replaceChildren() {
    this.texts = [];
  }

  get childElementCount() {
    return this.texts.length;
  }

  get firstElementChild() {
    return this.texts[0];
  }

  get said() {
    return this.texts.map(({ textContent }) => textContent);
  }
}

const of = (sender, body) => ({ sender, body });

test('nothing that is said takes the place of what was said just before', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const region = new Region(), announcer = new Announcer(region);
  announcer.message('', of('bea', 'Hello'));
  announcer.say('Not sent: no');
  announcer.say('Connected again.');
  t.mock.timers.tick(1_000);
  announcer.say('Connected again.');
  assert.deepEqual(region.said, ['Not sent: no', 'Connected again.', 'bea: Hello', 'Connected again.']);
});

test('the region keeps the latest texts only', () => {
  const region = new Region(), announcer = new Announcer(region);
  for (let i = 0; i < 100; i++) announcer.say(`${i}`);
  assert.deepEqual(region.said, Array.from({ length: 10 }, (_, i) => `${90 + i}`));
});

test('up to three messages at once are read out, more are counted', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const region = new Region(), announcer = new Announcer(region);
  for (const body of ['1', '2', '3']) announcer.message(' in Lobby', of('bea', body));
  t.mock.timers.tick(1_000);
  for (let i = 0; i < 1_000; i++) announcer.message('', of('bea', 'again'));
  t.mock.timers.tick(1_000);
  announcer.message('', of('bea', ''));
  t.mock.timers.tick(1_000);
  assert.deepEqual(
    region.said,
    ['bea in Lobby: 1. bea in Lobby: 2. bea in Lobby: 3', '1,000 new messages', 'bea: Attachment']);
});

test('who leaves takes along what was said to them', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const region = new Region(), announcer = new Announcer(region);
  announcer.say('Connected again.');
  announcer.message('', of('bea', 'for ann only'));
  announcer.clear();
  t.mock.timers.tick(1_000);
  assert.deepEqual(region.said, []);
});
