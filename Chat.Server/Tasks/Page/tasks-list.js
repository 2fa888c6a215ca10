import { button, el, setText } from './dom.js';
import { clock, count, plural, setDistance } from './format.js';

/** The actions on a task by its state. */
export const actionsOf = {
  pending: ['archive', 'delete'],
  scheduled: ['run', 'archive', 'delete'],
  retry: ['run', 'archive', 'delete'],
  active: [],
  archived: ['run', 'delete'],
  completed: ['delete'],
};

const words = { run: 'Run now', archive: 'Archive', delete: 'Delete' };

export const wordsForAll = { run: 'Run all now', archive: 'Archive all', delete: 'Delete all' };

export const questionsForAll = { run: 'Run all tasks now', archive: 'Archive all tasks', delete: 'Delete all tasks' };

export const past = { run: 'to run now', archive: 'archived', delete: 'deleted' };

const labels = {
  pending: 'due',
  scheduled: 'runs',
  retry: 'runs again',
  active: 'began',
  archived: 'given up',
  completed: 'done',
};

/** The relevant time in a state. */
const timeOf = (task, state) =>
  (waits(state) ? task.run_at : state === 'active' ? task.started_at : task.finished_at) ?? task.enqueued_at;

const waits = (state) => ['pending', 'scheduled', 'retry'].includes(state);

/** One task: a line that opens to show all details. */
export function taskRow(task, state, act) {
  const attempts = el('span', { className: 'quiet' });
  const label = el('span');
  const time = el('time');
  const problem = el('span', { className: 'error' });
  const more = el('div', { className: 'more' });
  const details = el(
    'details',
    {},
    el(
      'summary',
      {},
      el('span', { className: 'type', textContent: task.type }),
      el('code', { className: 'id', textContent: task.id }),
      attempts,
      el('span', { className: 'when' }, label, ' ', time),
      problem,
    ),
    more,
  );
  const actions = el(
    'div',
    { className: 'actions' },
    ...actionsOf[state].map((what) => {
      const it = button(words[what], () => act(task, what), what === 'delete' ? 'danger' : '');
      it.setAttribute('aria-label', `${words[what]}: ${task.type} ${task.id}`);
      return it;
    }),
  );
  let seen = '';
  return {
    element: el('li', { className: 'task' }, details, actions),
    update(now, task) {
      const at = timeOf(task, state);
      // A task that is due waits for a worker, whatever its state.
      setText(label, waits(state) && Date.parse(at) < Date.parse(now) ? 'due' : labels[state]);
      setDistance(time, at, now);
      setText(attempts, `${plural(task.attempts, 'attempt')} of ${count(task.max_retry + 1)}`);
      setText(problem, task.last_error ?? '');
      // Rebuilt only when its content changed, so that selection and scrolling stay.
      const content = JSON.stringify(task);
      if (content !== seen) more.replaceChildren(...about(task, state));
      seen = content;
    },
  };
}

function about(task, state) {
  const facts = [
    ['Id', el('code', { textContent: task.id })],
    ['Enqueued', clock(task.enqueued_at)],
    ['Next run', waits(state) ? clock(task.run_at) : null],
    ['Began', task.started_at && clock(task.started_at)],
    ['Ended', task.finished_at && clock(task.finished_at)],
    ['Deadline', task.deadline && clock(task.deadline)],
    ['Kept until', task.kept_until && clock(task.kept_until)],
    ['Lease until', task.leased_until && clock(task.leased_until)],
    ['Worker', task.worker],
    ['Unique key', task.unique_key],
    ['Group', task.group_key],
  ].filter(([, value]) => value);
  return [
    el(
      'dl',
      { className: 'facts' },
      ...facts.map(([name, value]) => el('div', {}, el('dt', { textContent: name }), el('dd', {}, value))),
    ),
    el('h4', { textContent: payloadTitle(task.payload) }),
    task.payload.bytes === 0
      ? null
      : el('pre', {
          textContent: task.payload.text ?? task.payload.base64,
          tabIndex: 0,
          attrs: { 'aria-label': 'Payload' },
        }),
    el('h4', { textContent: task.errors.length === 0 ? 'No errors' : 'Errors, the latest first' }),
    task.errors.length === 0
      ? null
      : el(
          'ol',
          { className: 'errors' },
          ...task.errors
            .toReversed()
            .map((error) =>
              el(
                'li',
                {},
                el('span', { className: 'quiet' }, `attempt ${error.attempt}, `, clock(error.at)),
                el('pre', { textContent: error.error }),
              ),
            ),
        ),
  ].filter((part) => part !== null);
}

function payloadTitle({ bytes, base64, is_cut: isCut }) {
  if (bytes === 0) return 'No payload';
  return `Payload, ${plural(bytes, 'byte')}${base64 === null ? '' : ', in base64'}${isCut ? ', the beginning' : ''}`;
}
