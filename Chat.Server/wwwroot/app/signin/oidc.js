// The code flow of OAuth 2.0 (RFC 6749, section 4.1) with PKCE, for a client that can keep no secret, and as OpenID
// Connect Core 1.0 wants it. The provider's addresses come from the server, which has its discovery document.

import { challengeOf, randomText } from './pkce.js';
import { SignInProblem } from './problem.js';

const AnswerWithin = 15_000;
const MostDetail = 300;
/** The clocks of two machines differ. */
const SkewSeconds = 60;

// OpenID Connect Core, section 3.1.2.6: without a person it does not work.
const needsPerson =
  new Set(['login_required', 'interaction_required', 'consent_required', 'account_selection_required']);

/**
 * @typedef {{issuer: string, metadata: string, authorization_endpoint?: string, token_endpoint?: string,
 *   end_session_endpoint?: string, names_itself: boolean, client_id: string, scope: string}} Config
 * @typedef {{access: string, refresh: string | null, id: string | null, endsAt: number}} Tokens
 * @typedef {{state: string, nonce: string, verifier: string, hash: string}} Question
 */

/**
 * Whether the provider answers at all: else the browser would show a page of its own in place of words. Nothing of the
 * answer is looked at. @param {Config} config
 */
export async function reach({ metadata }) {
  await ask(metadata, { mode: 'no-cors', cache: 'no-store' });
}

/**
 * The address to which a person is sent.
 * @param {Config} config @param {string} home where the answer comes to @param {Question} question
 * @param {boolean} silent without a person: who has signed in at the provider comes back at once
 */
export async function addressOf(config, home, { state, nonce, verifier }, silent) {
  const address = new URL(config.authorization_endpoint);
  const parameters = {
    response_type: 'code', client_id: config.client_id, redirect_uri: home, scope: config.scope, state, nonce,
    code_challenge: await challengeOf(verifier), code_challenge_method: 'S256', ...silent ? { prompt: 'none' } : {},
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/** @param {string} hash what was open @returns {Question} */
export const newQuestion = hash =>
  ({ state: randomText(), nonce: randomText(), verifier: randomText(), hash });

/**
 * Takes the answer that stands in the address.
 * @param {Config} config @param {string} home @param {URLSearchParams} answer @param {Question | null} question
 * @returns {Promise<Tokens>}
 */
export async function finish(config, home, answer, question) {
  // RFC 6749, section 10.12: an answer that nobody here has asked for is somebody else's.
  if (question === null || answer.get('state') !== question.state) throw new SignInProblem('mismatch');
  // RFC 9207, section 2.4: nor is that of another provider.
  const issuer = answer.get('iss');
  if (issuer === null ? config.names_itself : issuer !== config.issuer) throw new SignInProblem('mismatch');
  const error = answer.get('error');
  if (error !== null) throw problemOf(error, answer.get('error_description'));
  const tokens = await exchange(config, {
    grant_type: 'authorization_code', code: answer.get('code') ?? '', redirect_uri: home,
    code_verifier: question.verifier,
  });
  if (config.scope.split(' ').includes('openid')) checkIdentity(config, tokens.id, question.nonce);
  return tokens;
}

/**
 * The next tokens, RFC 6749, section 6; null: the provider gives none any more.
 * @param {Config} config @param {Tokens} before
 * @returns {Promise<Tokens | null>}
 */
export async function renew(config, before) {
  try {
    const next = await exchange(config, { grant_type: 'refresh_token', refresh_token: before.refresh });
    // One that is not replaced is still good, and so is the identity.
    return { ...next, refresh: next.refresh ?? before.refresh, id: next.id ?? before.id };
  } catch (error) {
    if (error.kind === 'unreachable') throw error;
    return null;
  }
}

/**
 * Where a person signs out (OpenID Connect RP-Initiated Logout 1.0); null: the provider has no such place.
 * @param {Config} config @param {string} home @param {string | null} id
 */
export function leaveAddressOf(config, home, id) {
  if (!config.end_session_endpoint) return null;
  const address = new URL(config.end_session_endpoint);
  address.searchParams.set('client_id', config.client_id);
  address.searchParams.set('post_logout_redirect_uri', home);
  if (id !== null) address.searchParams.set('id_token_hint', id);
  return address.href;
}

async function exchange(config, parameters) {
  const answer = await ask(config.token_endpoint, {
    method: 'POST', body: new URLSearchParams({ ...parameters, client_id: config.client_id }),
    headers: { accept: 'application/json' },
  });
  // RFC 6749, section 5.2: what is refused is 400 or 401, and says why. The rest may pass.
  if (answer.status >= 500 || answer.status === 429) throw new SignInProblem('unreachable');
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw problemOf(said.error ?? `status ${answer.status}`, said.error_description);
  if (typeof said.access_token !== 'string' || said.token_type?.toLowerCase() !== 'bearer') {
    throw new SignInProblem('refused', 'there is no token in its answer');
  }
  const lasts = Number(said.expires_in);
  return {
    access: said.access_token, refresh: said.refresh_token ?? null, id: said.id_token ?? null,
    endsAt: lasts > 0 ? Date.now() + lasts * 1_000 : Infinity,
  };
}

/** @param {string} address @param {RequestInit} options @returns {Promise<Response>} */
async function ask(address, options) {
  try {
    const signal = AbortSignal.timeout(AnswerWithin);
    return await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', ...options, signal });
  } catch {
    throw new SignInProblem('unreachable');
  }
}

/**
 * OpenID Connect Core, section 3.1.3.7. The ID token came from the provider itself over TLS, so its signature need not
 * be checked (there, point 6); the server checks that of the access token.
 */
function checkIdentity(config, id, nonce) {
  const said = claimsOf(id);
  const audiences = [said.aud].flat();
  const isRight = said.iss === config.issuer && audiences.includes(config.client_id) && said.nonce === nonce
    && (said.azp ?? config.client_id) === config.client_id && Date.now() / 1_000 < said.exp + SkewSeconds;
  if (!isRight) throw new SignInProblem('mismatch');
}

function claimsOf(token) {
  try {
    const text = atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, one => one.charCodeAt(0))));
  } catch {
    throw new SignInProblem('mismatch');
  }
}

function problemOf(error, description) {
  if (error === 'access_denied') return new SignInProblem('denied');
  if (needsPerson.has(error)) return new SignInProblem('none');
  if (error === 'temporarily_unavailable' || error === 'server_error') return new SignInProblem('unreachable');
  return new SignInProblem('refused', String(description || error).slice(0, MostDetail));
}
