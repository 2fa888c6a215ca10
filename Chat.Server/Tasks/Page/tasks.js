import { changeAll, changeOne, readObservers, readOutboxes, readQueues, readTasks, setPaused, states } from './api.js';
import { button, el, reconcile, setText } from './dom.js';
import { ask } from './ask.js';
import { count, plural } from './format.js';
import { drawObservers } from './observers.js';
import { queueCard } from './queues.js';
import { actionsOf, past, questionsForAll, taskRow, wordsForAll } from './tasks-list.js';

const pageSize = 20, pauseMilliseconds = 2_000;
const $ = (id) => document.getElementById(id);
const address = new URLSearchParams(location.search);
const view = {
  queue: address.get('queue'),
  state: states.includes(address.get('state')) ? address.get('state') : 'pending',
  offset: 0,
};
const cards = new Map(),
  rows = new Map();
let latest = 0,
  timer = 0,
  now = '';

const tabs = new Map(
  states.map((state, index) => {
    const number = el('span', { className: 'count' });
    const tab = el(
      'button',
      {
        type: 'button',
        id: `tab-${state}`,
        onclick: () => show({ state }),
        attrs: { role: 'tab', 'aria-controls': 'panel' },
      },
      state,
      ' ',
      number,
    );
    tab.onkeydown = (event) => {
      const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: states.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = states[(to + states.length) % states.length];
      tabs.get(next).tab.focus();
      show({ state: next });
    };
    $('states').append(tab);
    return [state, { tab, number }];
  }),
);

/** Goes to another queue, state or page of tasks. */
function show(change) {
  Object.assign(view, { offset: 0 }, change);
  history.replaceState(null, '', `?${new URLSearchParams({ queue: view.queue, state: view.state })}`);
  // The rows shown belong to another list.
  rows.clear();
  $('list').replaceChildren();
  drawTabs();
  void refresh();
}

function drawTabs() {
  for (const [state, { tab }] of tabs) {
    const isChosen = state === view.state;
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
  }
  $('panel').setAttribute('aria-labelledby', `tab-${view.state}`);
  setText($('tasks-title'), `Tasks of ${view.queue ?? '…'}`);
  $('all').replaceChildren(
    ...actionsOf[view.state].map((what) =>
      button(wordsForAll[what], () => actOnAll(what), what === 'delete' ? 'danger' : ''),
    ),
  );
}

/** Reads everything once, and again after a while; answers to earlier requests are not shown any more. */
async function refresh() {
  clearTimeout(timer);
  const mine = ++latest;
  const began = performance.now();
  try {
    const queues = await readQueues();
    if (mine !== latest) return;
    if (!queues.queues.some((queue) => queue.name === view.queue))
      view.queue = (queues.queues.find((queue) => queue.name === 'default') ?? queues.queues[0])?.name ?? null;
    const tasks = view.queue === null ? null : await readTasks(view.queue, view.state, view.offset, pageSize);
    if (mine !== latest) return;
    draw(queues, tasks); // first: outboxes are in databases of the application, which may fail alone
    const [{ observers }, { refused }] = await Promise.all([readObservers(), readOutboxes()]);
    if (mine !== latest) return;
    drawObservers({ now: queues.now, observers, refused }, attempt);
    $('problem').hidden = true;
    setText($('freshness'), `As of ${new Date(queues.now).toLocaleTimeString('en-GB')}`);
  } catch (error) {
    if (mine !== latest) return;
    complain(error);
  }
  // A slow database is queried less often.
  if (!document.hidden) timer = setTimeout(refresh, Math.max(pauseMilliseconds, 5 * (performance.now() - began)));
}

function draw({ queues }, tasks) {
  reconcile($('queues'), cards, queues, (queue) => queue.name, (queue) => {
    const card = queueCard(queue.name, { choose: (name) => show({ queue: name }), pause });
    return { element: card.element, update: (it) => card.update(it, it.name === view.queue) };
  });
  const counts = queues.find((queue) => queue.name === view.queue)?.counts ?? {};
  for (const [state, { number }] of tabs) setText(number, count(counts[state] ?? 0));
  if (tasks === null) return;
  const { state } = tasks;
  now = tasks.now;
  reconcile($('list'), rows, tasks.tasks, (task) => task.id, (task) => {
    const row = taskRow(task, state, act);
    return { element: row.element, update: (it) => row.update(now, it) };
  });
  const total = counts[state] ?? 0;
  setText(
    $('range'),
    tasks.tasks.length === 0
      ? `No ${state} tasks here.`
      : `${count(tasks.offset + 1)} to ${count(tasks.offset + tasks.tasks.length)} of ${count(total)}`,
  );
  for (const all of $('all').children) all.disabled = total === 0;
  $('newer').disabled = view.offset === 0;
  $('older').disabled = tasks.tasks.length < pageSize;
}

function complain(error) {
  $('problem').hidden = false;
  setText($('problem'), `That did not work: ${error.message}`);
}

/** Performs an action, reports the result, then reloads. */
async function attempt(work) {
  try {
    setText($('said'), await work());
  } catch (error) {
    complain(error);
    return;
  }
  await refresh();
}

const pause = (queue, paused) => attempt(async () => {
  await setPaused(queue, paused);
  return `${queue} is ${paused ? 'paused' : 'resumed'}`;
});

async function act(task, what) {
  if (
    what === 'delete' &&
    !(await ask(`Delete the task ${task.type} ${task.id}? It cannot be brought back.`, 'Delete'))
  )
    return;
  await attempt(async () =>
    (await changeOne(task.id, what)) === 1
      ? `One task ${past[what]}`
      : 'The task is in another state by now: nothing was changed',
  );
}

async function actOnAll(what) {
  const { queue, state } = view;
  const warning = what === 'delete' ? ' They cannot be brought back.' : '';
  if (
    !(await ask(`${questionsForAll[what]} in the state ${state} of the queue ${queue}?${warning}`, wordsForAll[what]))
  )
    return;
  await attempt(async () => `${plural(await changeAll(queue, state, what), 'task')} ${past[what]}`);
}

$('newer').onclick = () => show({ offset: Math.max(0, view.offset - pageSize) });
$('older').onclick = () => show({ offset: view.offset + pageSize });
document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : void refresh()));
drawTabs();
void refresh().then(drawTabs);
