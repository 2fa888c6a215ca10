import { button, el, setText, svg } from './dom.js';
import { count, duration } from './format.js';

const waiting = ['pending', 'scheduled', 'retry'];

/** The card of one queue: select it, pause it, see its figures. */
export function queueCard(name, { choose, pause }) {
  let paused = false;
  const chooser = button(name, () => choose(name), 'name');
  const mark = el('span', { className: 'mark' });
  const pauser = button('', () => pause(name, !paused));
  const figures = new Map(
    ['Waiting', 'Active', 'Archived', 'Latency', 'Last minute', 'Failed in 1 h'].map((label) => [label, el('dd')]),
  );
  const chart = barChart();
  const element = el('li', { className: 'queue' },
    el('div', { className: 'bar' }, el('h3', {}, chooser), mark, pauser),
    chart.element,
    el(
      'dl',
      { className: 'figures' },
      ...[...figures].map(([label, value]) => el('div', {}, el('dt', { textContent: label }), value)),
    ),
  );
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  return {
    element,
    update(queue, isChosen) {
      paused = queue.paused;
      chooser.setAttribute('aria-pressed', String(isChosen));
      element.classList.toggle('chosen', isChosen);
      setText(mark, paused ? 'paused' : `weight ${queue.weight}`);
      mark.classList.toggle('paused', paused);
      setText(pauser, paused ? 'Resume' : 'Pause');
      pauser.setAttribute('aria-label', `${paused ? 'Resume' : 'Pause'} the queue ${name}`);
      const failed = sum(queue.failed);
      const shown = {
        'Waiting': count(sum(waiting.map((state) => queue.counts[state]))),
        'Active': count(queue.counts.active),
        'Archived': count(queue.counts.archived),
        'Latency': duration(queue.latency_seconds),
        'Last minute': count(queue.processed.at(-2)),
        'Failed in 1 h': count(failed),
      };
      for (const [label, text] of Object.entries(shown)) setText(figures.get(label), text);
      figures.get('Failed in 1 h').classList.toggle('bad', failed > 0);
      chart.update(queue.processed, queue.failed);
    },
  };
}

/** One bar per minute: processed tasks, with the failed part below. */
function barChart() {
  const height = 40, width = 4;
  const bars = Array.from({ length: 60 }, (_, minute) => {
    const at = { x: minute * width, width: width - 1 };
    const [all, bad] = [svg('rect', { ...at, class: 'processed' }), svg('rect', { ...at, class: 'failed' })];
    return { all, bad };
  });
  const picture = svg(
    'svg',
    { viewBox: `0 0 ${60 * width} ${height}`, preserveAspectRatio: 'none', role: 'img' },
    ...bars.flatMap(({ all, bad }) => [all, bad]),
  );
  const peak = el('span');
  const element = el(
    'figure',
    {},
    picture,
    el(
      'figcaption',
      { className: 'quiet' },
      el('span', { textContent: '60 min ago' }),
      peak,
      el('span', { textContent: 'now' }),
    ),
  );
  const place = (bar, size) => {
    bar.setAttribute('y', height - size);
    bar.setAttribute('height', size);
  };
  return {
    element,
    update(processed, failed) {
      const most = Math.max(1, ...processed);
      // A minute with any activity is visible, however busy the others were.
      const sizeOf = (number) => (number === 0 ? 0 : Math.max(1.5, (number / most) * height));
      bars.forEach(({ all, bad }, minute) => {
        place(all, sizeOf(processed[minute]));
        place(bad, sizeOf(failed[minute]));
      });
      const total = processed.reduce((sum, number) => sum + number, 0);
      const failures = count(failed.reduce((sum, number) => sum + number, 0));
      const busiest = count(Math.max(...processed));
      const label = `Last hour: ${count(total)} processed, ${failures} failed; at most ${busiest} per minute`;
      if (picture.getAttribute('aria-label') !== label) picture.setAttribute('aria-label', label);
      setText(peak, `most: ${busiest}/min`);
    },
  };
}
