// What operators see of webhooks, and do with them. Text is only ever inserted as text.
const root = new URL('../api/v1/admin/webhooks', import.meta.url).href;
const section = document.getElementById('webhooks');

async function call(path, body) {
  const method = body === undefined ? 'GET' : 'POST';
  const response = await fetch(root + path, {
    method, body: body && JSON.stringify(body), cache: 'no-store', signal: AbortSignal.timeout(20_000),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `the server answered ${response.status}`);
  return answer;
}

function el(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const said = el('p', { role: 'status', className: 'quiet' });
const when = (time) => new Date(time).toLocaleString('en-GB');

function stateOf(webhook) {
  const parts = [webhook.state];
  if (webhook.disabled_at) parts.push(`since ${when(webhook.disabled_at)}`);
  else if (webhook.failing_since) parts.push(`since ${when(webhook.failing_since)}`);
  if (webhook.entries_behind > 0) parts.push(`${webhook.entries_behind} behind`);
  if (webhook.parked > 0) parts.push(`${webhook.parked} conversations apart`);
  return parts.join(', ');
}

/** Performs a change, says how it went, and shows everything again. */
async function attempt(work, done) {
  const complain = (error) => {
    said.textContent = `That did not work: ${error.message}`;
  };
  try {
    await work();
    said.textContent = done;
  } catch (error) {
    complain(error);
  }
  await show().catch(complain);
}

function replayForm(name) {
  const from = el('input', { type: 'datetime-local', required: true, ariaLabel: `Tell ${name} again from` });
  const only = el('input', { ariaLabel: `In this conversation of ${name} only`, placeholder: 'all conversations' });
  const form = el('form', {}, from, only, el('button', { type: 'submit', textContent: 'Tell again' }));
  form.onsubmit = (event) => {
    event.preventDefault();
    const body = { from: new Date(from.value).toISOString(), conversation_id: only.value.trim() || null };
    void attempt(() => call(`/${encodeURIComponent(name)}/replay`, body), `${name} is told again from there on`);
  };
  return form;
}

function itemOf(webhook) {
  const { name } = webhook;
  const item = el('li', {}, el('h3', { textContent: name }), el('p', { textContent: stateOf(webhook) }));
  if (webhook.reason) item.append(el('p', { className: 'quiet', textContent: webhook.reason }));
  if (webhook.state !== 'working' || webhook.parked > 0)
    item.append(el('button', {
      type: 'button',
      textContent: webhook.state === 'disabled' ? 'Enable' : 'Try now',
      ariaLabel: `${webhook.state === 'disabled' ? 'Enable' : 'Try now'}: ${name}`,
      onclick: () => attempt(() => call(`/${encodeURIComponent(name)}/enable`, {}), `${name} is tried now`),
    }));
  item.append(replayForm(name));
  return item;
}

/** Shows the webhooks, if there are any. */
export async function show() {
  const { webhooks } = await call('');
  section.hidden = webhooks.length === 0;
  section.replaceChildren(
    el('h2', { textContent: 'Webhooks' }), said, el('ul', {}, ...webhooks.map(itemOf)));
}
