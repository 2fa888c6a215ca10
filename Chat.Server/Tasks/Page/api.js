// By where this file is: a proxy may publish the server below a path.
const root = new URL('../api/v1/admin/tasks', import.meta.url).href;

async function call(path, method) {
  const response = await fetch(root + path, { method, cache: 'no-store', signal: AbortSignal.timeout(20_000) });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `the server answered ${response.status}`);
  return body;
}

export const states = ['pending', 'active', 'scheduled', 'retry', 'archived', 'completed'];

export const readQueues = () => call('/queues', 'GET');

export const readTasks = (queue, state, offset, limit) =>
  call(`?${new URLSearchParams({ queue, state, offset, limit })}`, 'GET');

/** `what` is run, archive or delete. Returns how many tasks were changed. */
export const changeOne = async (id, what) => (await call(`/${id}/${what}`, 'POST')).changed;

export const changeAll = async (queue, state, what) =>
  (await call(`/queues/${encodeURIComponent(queue)}/${state}/${what}`, 'POST')).changed;

export const setPaused = (queue, paused) =>
  call(`/queues/${encodeURIComponent(queue)}/${paused ? 'pause' : 'resume'}`, 'POST');
