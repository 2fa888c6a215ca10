import { button, el, setText } from './dom.js';
import { count, plural, setTime, timeElement } from './format.js';

/** What can be done to a task by its state. */
export const actionsOf = { pending: ['archive', 'delete'], scheduled: ['run', 'archive', 'delete'], retry: ['run', 'archive', 'delete'], active: [], archived: ['run', 'delete'], completed: ['delete'] };

export const words = { run: 'Run now', archive: 'Archive', delete: 'Delete' };

export const past = { run: 'will run now', archive: 'archived', delete: 'deleted' };

/** The time that matters in a state, with its name. */
const timeOf = {
  pending: (task) => ['due', task.run_at], scheduled: (task) => ['runs', task.run_at], retry: (task) => ['runs again', task.run_at], active: (task) => ['began', task.started_at ?? task.enqueued_at],
  archived: (task) => ['given up', task.finished_at ?? task.enqueued_at], completed: (task) => ['done', task.finished_at ?? task.enqueued_at],
};

/** One task: a line that opens to all there is to know. */
export function taskRow(task, state, act) {
  const attempts = el('span', { className: 'quiet' });
  const label = el('span');
  const time = el('time');
  const problem = el('span', { className: 'error' });
  const more = el('div', { className: 'more' });
  const details = el('details', {},
    el('summary', {}, el('span', { className: 'type', textContent: task.type }), el('code', { className: 'id', textContent: task.id }), attempts, el('span', { className: 'when' }, label, ' ', time), problem),
    more);
  const actions = el('div', { className: 'actions' }, ...actionsOf[state].map((what) => {
    const it = button(words[what], () => act(task, what), what === 'delete' ? 'danger' : '');
    it.setAttribute('aria-label', `${words[what]}: ${task.type} ${task.id}`);
    return it;
  }));
  let seen = '';
  return {
    element: el('li', { className: 'task' }, details, actions),
    update(now, task) {
      const [name, at] = timeOf[state](task);
      setText(label, name);
      setTime(time, at, now);
      setText(attempts, `${plural(task.attempts, 'attempt')} of ${count(task.max_retry + 1)}`);
      setText(problem, task.last_error ?? '');
      // Built anew only when something in it is new: what is selected or scrolled stays.
      const content = JSON.stringify(task);
      if (content !== seen) more.replaceChildren(...about(task, now));
      seen = content;
    },
  };
}

function about(task, now) {
  const facts = [
    ['Id', el('code', { textContent: task.id })],
    ['Enqueued', timeElement(task.enqueued_at, now, true)],
    ['Next run', task.finished_at === null && task.worker === null ? timeElement(task.run_at, now, true) : null],
    ['Began', task.started_at && timeElement(task.started_at, now, true)],
    ['Ended', task.finished_at && timeElement(task.finished_at, now, true)],
    ['Deadline', task.deadline && timeElement(task.deadline, now, true)],
    ['Kept until', task.kept_until && timeElement(task.kept_until, now, true)],
    ['Lease until', task.leased_until && timeElement(task.leased_until, now, true)],
    ['Worker', task.worker],
    ['Unique key', task.unique_key],
    ['Group', task.group_key],
  ].filter(([, value]) => value);
  return [
    el('dl', { className: 'facts' }, ...facts.map(([name, value]) => el('div', {}, el('dt', { textContent: name }), el('dd', {}, value)))),
    el('h4', { textContent: payloadTitle(task.payload) }),
    task.payload.bytes === 0 ? null : el('pre', { textContent: task.payload.text ?? task.payload.base64, tabIndex: 0, attrs: { 'aria-label': 'Payload' } }),
    el('h4', { textContent: task.errors.length === 0 ? 'No errors' : 'Errors, the latest first' }),
    task.errors.length === 0 ? null : el('ol', { className: 'errors' }, ...task.errors.toReversed().map((error) =>
      el('li', {}, el('span', { className: 'quiet' }, `attempt ${error.attempt}, `, timeElement(error.at, now, true)), el('pre', { textContent: error.error })))),
  ].filter((part) => part !== null);
}

function payloadTitle({ bytes, base64, is_cut: isCut }) {
  if (bytes === 0) return 'No payload';
  return `Payload, ${plural(bytes, 'byte')}${base64 === null ? '' : ', in base64'}${isCut ? ', the beginning' : ''}`;
}
