import { endRefusal, retryFailed, rewind } from './api.js';
import { ask } from './ask.js';
import { button, el, reconcile, setText } from './dom.js';
import { count, duration, plural, setDistance } from './format.js';
import { askRewind } from './rewind.js';

const $ = (id) => document.getElementById(id);
const cards = new Map(),
  parkedRows = new Map(),
  refusedRows = new Map();

/** Shows observers, what they failed with, and what outboxes were refused; nothing where there is none of it. */
export function drawObservers({ now, observers, refused }, attempt) {
  $('observing').hidden = observers.length + refused.length === 0;
  reconcile($('observers'), cards, observers, (one) => one.name, (one) => observerCard(one.name, attempt));
  const parked = observers.flatMap((one) => one.parked.map((it) => ({ ...it, now, observer: one.name })));
  $('parked-title').hidden = parked.length === 0;
  reconcile($('parked'), parkedRows, parked, (it) => `${it.observer} ${it.conversation_id}`, parkedRow);
  $('refused-title').hidden = refused.length === 0;
  reconcile($('refused'), refusedRows, refused.map((it) => ({ ...it, now })), (it) => `${it.outbox} ${it.number}`,
    (it) => refusedRow(it, attempt));
}

function observerCard(name, attempt) {
  const mark = el('span', { className: 'mark' });
  const mover = button('Rewind', async () => {
    const wish = await askRewind(name);
    if (wish === null) return;
    await attempt(async () => {
      await rewind(name, wish.to, wish.conversation);
      return `${name} goes on from there within some seconds`;
    });
  });
  const trier = button('Try now', () =>
    attempt(async () => {
      await retryFailed(name);
      return `${name} tries what failed within some seconds`;
    }),
  );
  trier.setAttribute('aria-label', `Try now what the observer ${name} failed with`);
  mover.setAttribute('aria-label', `Rewind the observer ${name}`);
  const figures = new Map(['Entries behind', 'Behind', 'Failed', 'Runs'].map((label) => [label, el('dd')]));
  return {
    element: el('li', { className: 'queue' },
      el('div', { className: 'bar' }, el('h3', { textContent: name }), mark, trier, mover),
      el('dl', { className: 'figures' },
        ...[...figures].map(([label, value]) => el('div', {}, el('dt', { textContent: label }), value)))),
    update(one) {
      setText(mark, one.stalled ? 'stalled' : '');
      mark.classList.toggle('paused', one.stalled === true);
      trier.hidden = one.parked_count === 0 && !one.stalled;
      const shown = {
        'Entries behind': count(one.entries_behind),
        'Behind': duration(one.seconds_behind),
        'Failed': plural(one.parked_count, 'conversation'),
        'Runs': one.owner === null ? 'nowhere' : one.here ? 'on this server' : 'on another server',
      };
      for (const [label, text] of Object.entries(shown)) setText(figures.get(label), text);
      figures.get('Failed').classList.toggle('bad', one.parked_count > 0);
      figures.get('Runs').classList.toggle('bad', one.owner === null);
    },
  };
}

function parkedRow(one) {
  const facts = el('span', { className: 'quiet' });
  const time = el('time');
  const problem = el('span', { className: 'error' });
  return {
    element: el('li', { className: 'task' },
      el('p', {},
        el('span', { className: 'type', textContent: one.observer }), ' ',
        el('code', { className: 'id', textContent: one.conversation_id }), ' ', facts,
        el('span', { className: 'when' }, ' tried again ', time), problem)),
    update(it) {
      setText(facts, `shown up to ${count(it.seq)}, ${plural(it.attempts, 'failure')}`);
      setDistance(time, it.next_at, it.now);
      setText(problem, it.error ?? '');
    },
  };
}

function refusedRow(one, attempt) {
  const about = `the message ${one.number} of ${one.outbox}`;
  const end = (what, said) => attempt(async () => {
    await endRefusal(one.outbox, one.number, what);
    return `${about}: ${said}`;
  });
  const time = el('time');
  const problem = el('span', { className: 'error' });
  const again = button('Try again', () => end('retry', 'it is tried again'));
  const remove = button('Delete', async () => {
    if (await ask(`Delete ${about}? It is never sent, and those behind it are.`, 'Delete'))
      await end('delete', 'deleted');
  }, 'danger');
  again.setAttribute('aria-label', `Try again: ${about}`);
  remove.setAttribute('aria-label', `Delete: ${about}`);
  return {
    element: el('li', { className: 'task' },
      el('p', {},
        el('span', { className: 'type', textContent: one.outbox }), ' ',
        el('code', { className: 'id', textContent: one.conversation_id }), ' ',
        el('span', { className: 'quiet', textContent: `of ${one.sender_id}` }),
        el('span', { className: 'when' }, ' put there ', time), problem),
      el('div', { className: 'actions' }, again, remove)),
    update(it) {
      setDistance(time, it.created_at, it.now);
      setText(problem, it.error);
    },
  };
}
