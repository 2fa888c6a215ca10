// By where this file is: a proxy may publish the server below a path.
const admin = new URL('../api/v1/admin', import.meta.url).href;

const call = (path, method) => ask(`/tasks${path}`, method);

async function ask(path, method, asked) {
  const response = await fetch(admin + path, {
    method, cache: 'no-store', signal: AbortSignal.timeout(20_000),
    ...asked && { body: JSON.stringify(asked), headers: { 'content-type': 'application/json' } },
  });
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

export const readObservers = () => ask('/observers', 'GET');

export const readOutboxes = () => ask('/outboxes', 'GET');

/** `to` is beginning, now, or a time; without a conversation all of them are meant. */
export const rewind = (observer, to, conversation) =>
  ask('/observers/rewind', 'POST', { observer, to, ...conversation && { conversation_id: conversation } });

export const retryFailed = (observer) => ask(`/observers/retry?${new URLSearchParams({ observer })}`, 'POST');

/** `what` is retry or delete. */
export const endRefusal = (outbox, number, what) =>
  ask(`/outboxes/${what}?${new URLSearchParams({ outbox, number })}`, 'POST');
