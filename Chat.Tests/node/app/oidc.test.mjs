import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, finish, leaveAddressOf, newQuestion, renew } from
  '../../../Chat.Server/wwwroot/app/signin/oidc.js';
import { challengeOf, randomText } from '../../../Chat.Server/wwwroot/app/signin/pkce.js';

// The code flow, as the RFCs have it; in a real browser it is tested by Web/OidcTests (CH-169).

const home = 'https://chat.test/chat/';
const config = {
  issuer: 'https://id.test/', metadata: 'https://id.test/.well-known/openid-configuration',
  authorization_endpoint: 'https://id.test/authorize?tenant=a', token_endpoint: 'https://id.test/token',
  end_session_endpoint: 'https://id.test/logout', names_itself: true, client_id: 'app', scope: 'openid profile',
};
const question = { ...newQuestion('#/c/x'), nonce: 'n1', state: 's1' };
const encoded = (claims) => Buffer.from(JSON.stringify(claims)).toString('base64url');
const identity = (more = {}) => `e30.${encoded({
  iss: config.issuer, aud: 'app', nonce: 'n1', exp: Date.now() / 1_000 + 60, name: 'Ännchen', ...more,
})}.x`;
const good = (more = {}) => ({
  access_token: 'a', token_type: 'bearer', expires_in: 300, refresh_token: 'r', id_token: identity(), ...more,
});

/** A provider that answers so. */
function provider(t, answer, status = 200) {
  const asked = [];
  t.mock.method(globalThis, 'fetch', async (address, options) => {
    asked.push({ address, ...options });
    if (answer instanceof Error) throw answer;
    return new Response(JSON.stringify(answer), { status });
  });
  return asked;
}

const answer = (more = {}) =>
  new URLSearchParams(Object.entries({ code: 'c', state: 's1', iss: config.issuer, ...more }).filter(([, v]) => v));
const fails = (promise, kind) => assert.rejects(promise, { name: 'SignInProblem', kind });

test('the challenge is that of RFC 7636, appendix B', async () => {
  assert.equal(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'),
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  assert.match(randomText(), /^[\w-]{43}$/);
  assert.notEqual(randomText(), randomText());
});

test('a person is sent with everything that the answer is compared with', async () => {
  const address = new URL(await addressOf(config, home, question, true));
  assert.equal(address.origin + address.pathname, 'https://id.test/authorize');
  assert.deepEqual(Object.fromEntries(address.searchParams), {
    tenant: 'a', response_type: 'code', client_id: 'app', redirect_uri: home, scope: 'openid profile', state: 's1',
    nonce: 'n1', code_challenge: await challengeOf(question.verifier), code_challenge_method: 'S256', prompt: 'none',
  });
});

test('a code becomes tokens, without a secret and without cookies', async (t) => {
  const asked = provider(t, good());
  const tokens = await finish(config, home, answer(), question);
  assert.equal(tokens.access, 'a');
  assert.equal(tokens.refresh, 'r');
  assert.equal(asked[0].credentials, 'omit');
  assert.deepEqual(Object.fromEntries(asked[0].body), {
    grant_type: 'authorization_code', code: 'c', redirect_uri: home, code_verifier: question.verifier,
    client_id: 'app',
  });
});

for (const [what, more, asked = question] of [
  ['another state', { state: 's2' }], ['no state', { state: '' }], ['another issuer', { iss: 'https://evil.test/' }],
  ['no issuer where it names itself', { iss: '' }], ['no question of this tab', {}, null],
]) {
  test(`an answer with ${what} is not taken, and its code is not used`, async (t) => {
    const calls = provider(t, good());
    await fails(finish(config, home, answer(more), asked), 'mismatch');
    assert.equal(calls.length, 0);
  });
}

for (const [what, more] of Object.entries({
  'another nonce': { nonce: 'n2' }, 'another audience': { aud: 'other' }, 'another issuer': { iss: 'https://b.test/' },
  'another party': { azp: 'other' }, 'its time over': { exp: Date.now() / 1_000 - 120 }, 'no end': { exp: undefined },
})) {
  test(`an identity with ${what} is not taken`, async (t) => {
    provider(t, good({ id_token: identity(more) }));
    await fails(finish(config, home, answer(), question), 'mismatch');
  });
}

test('nor is none, or one that is no token, where openid was asked for', async (t) => {
  provider(t, good({ id_token: undefined }));
  await fails(finish(config, home, answer(), question), 'mismatch');
  provider(t, good({ id_token: 'x' }));
  await fails(finish(config, home, answer(), question), 'mismatch');
  await finish({ ...config, scope: 'chat' }, home, answer(), question);
});

for (const [error, kind] of Object.entries({
  access_denied: 'denied', login_required: 'none', consent_required: 'none', server_error: 'unreachable',
  invalid_scope: 'refused',
})) {
  test(`the error ${error} is ${kind}`, async () => {
    await fails(finish(config, home, answer({ code: '', error }), question), kind);
  });
}

test('what the provider says is cut', async () => {
  const long = answer({ code: '', error: 'invalid_scope', error_description: 'x'.repeat(5_000) });
  await assert.rejects(finish(config, home, long, question), (error) => error.detail.length === 300);
});

test('a token of another kind is none, and a provider that fails may answer later', async (t) => {
  provider(t, good({ token_type: 'mac' }));
  await fails(finish(config, home, answer(), question), 'refused');
  provider(t, { error: 'invalid_grant' }, 400);
  await fails(finish(config, home, answer(), question), 'refused');
  for (const [said, status] of [[new TypeError('network')], [{}, 503], [{}, 429]]) {
    provider(t, said, status);
    await fails(finish(config, home, answer(), question), 'unreachable');
  }
});

test('tokens are renewed; what is not given anew still holds; none any more is a sign-out', async (t) => {
  const before = { access: 'a', refresh: 'r', id: 'i', endsAt: 0 };
  const asked = provider(t, { access_token: 'b', token_type: 'Bearer' });
  assert.deepEqual(await renew(config, before), { access: 'b', refresh: 'r', id: 'i', endsAt: Infinity });
  assert.equal(asked[0].body.get('grant_type'), 'refresh_token');
  provider(t, { error: 'invalid_grant' }, 400);
  assert.equal(await renew(config, before), null);
  provider(t, new TypeError('network'));
  await fails(renew(config, before), 'unreachable');
});

test('signing out names the app, and comes back to it', () => {
  const address = new URL(leaveAddressOf(config, home, 'i'));
  assert.deepEqual(Object.fromEntries(address.searchParams),
    { client_id: 'app', post_logout_redirect_uri: home, id_token_hint: 'i' });
  assert.equal(leaveAddressOf({ ...config, end_session_endpoint: undefined }, home, null), null);
});
