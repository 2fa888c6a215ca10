// By where this file is: a proxy may publish the server below a path.
const session = new URL('session', import.meta.url);
const $ = (id) => document.getElementById(id);

/** The page that was requested; only our own pages are accepted. */
const ours = /^\/(tasks|docs|metrics|openapi)(\/[\w./-]*)?$/;
const wanted = () => new URLSearchParams(location.search).get('to')?.match(ours)?.[0];

function complain(text) {
  $('problem').textContent = text;
  $('problem').hidden = !text;
}

function show(isSignedIn) {
  $('sign-in').hidden = isSignedIn;
  $('pages').hidden = !isSignedIn;
  if (!isSignedIn) $('key').focus();
  if (isSignedIn) void showWebhooks();
  else $('webhooks').hidden = true;
}

/** They are read only by those who may see them. */
async function showWebhooks() {
  try {
    await (await import('./webhooks.js')).show();
  } catch (error) {
    if (!$('pages').hidden) complain(`The webhooks cannot be shown: ${error.message}`);
  }
  if ($('pages').hidden) $('webhooks').hidden = true; // signed out meanwhile
}

async function signIn(key, name) {
  const response = await fetch(session, { method: 'POST', body: JSON.stringify({ key, name }) });
  if (response.ok) return;
  const body = await response.json().catch(() => ({}));
  throw new Error(body.error ?? `the server answered ${response.status}`);
}

/** Signs in and continues; a failure is shown beside the key field. */
async function enter(key, name) {
  try {
    await signIn(key, name);
  } catch (error) {
    complain(`That did not work: ${error.message}`);
    show(false);
    return;
  }
  complain('');
  const to = wanted();
  if (to) location.replace(new URL(`..${to}`, import.meta.url));
  else show(true);
}

$('sign-in').onsubmit = (event) => {
  event.preventDefault();
  void enter($('key').value, $('name').value);
};

$('sign-out').onclick = async () => {
  await fetch(session, { method: 'DELETE' });
  show(false);
};

const given = decodeURIComponent(location.hash.slice(1));
// Not visible to bystanders, and not kept in the history.
history.replaceState(null, '', location.pathname + location.search);
if (given) await enter(given, '');
else show((await fetch(session)).ok);
