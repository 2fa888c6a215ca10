/** Base of all errors of the client. */
export class ChatError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The server refused. */
export class ChatRefusedError extends ChatError {
  /**
   * @param {string} code an error code of the protocol, possibly unknown to this version
   * @param {string} message what was wrong, and what is allowed
   */
  constructor(code, message) {
    super(message);
    this.code = code;
    /** When the server said to ask again, in milliseconds; null: it did not say. @type {number | null} */
    this.retryAfter = code === 'rate_limited' ? retryTimeOf(this) : null;
    /** Of a `conflict`: the version that the message has; null: it was not said. @type {number | null} */
    this.version = code === 'conflict' ? versionOf(message) : null;
    /** Of a `forbidden`: the word for programs that the application gave; null: none. @type {string | null} */
    this.reason = code === 'forbidden' ? (/; reason ([a-z0-9_.-]{1,64})$/.exec(message)?.[1] ?? null) : null;
  }
}

/** The connection was lost before there was an answer; the call may have been carried out. */
export class ChatDisconnectedError extends ChatError {
  /** @param {string} message @param {{cause?: unknown}} [options] */
  constructor(message, options) {
    super(message, options);
    /** What the server itself said, as a code of the protocol. @type {string | null} */
    this.code = saidOf(options?.cause);
  }
}

/** No connection could be made. */
export class ChatConnectError extends ChatError {
  /**
   * @param {string} message
   * @param {number | null} [status] the HTTP status, when there was an answer
   * @param {unknown} [cause]
   */
  constructor(message, status = null, cause = undefined) {
    super(message, { cause });
    this.status = status;
    /** What the server itself said, as a code of the protocol. @type {string | null} */
    this.code = saidOf(cause);
  }
}

/** There is no token any more: `start()` asks for one. */
export class ChatSignedOutError extends ChatError {}

/** The server takes this client for another user than before: what waits here is not that user's. */
export class ChatOtherUserError extends ChatError {
  code = 'identity_mismatch';
}

/** The client was stopped, or the message was discarded. */
export class ChatStoppedError extends ChatError {}

// A code that a later server adds is a final refusal: only mayPass() is retried.
const codePattern = /^[a-z][a-z0-9_]*$/;
const ownPrefix = 'HubException: ';

/**
 * Converts the error of a hub call: a refusal by the server, or else the loss of the connection.
 * @param {unknown} error
 * @returns {ChatError}
 */
export function explainCall(error) {
  if (error instanceof ChatError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const at = text.indexOf(ownPrefix);
  const own = at < 0 ? text : text.slice(at + ownPrefix.length);
  const colon = own.indexOf(': ');
  const code = own.slice(0, Math.max(colon, 0));
  if (codePattern.test(code)) return new ChatRefusedError(code, own.slice(colon + 2));
  // A server of an earlier version: it will not know the call the next time either.
  if (/\bMethod does not exist\b/.test(own)) return new ChatRefusedError('unsupported_type', own);
  // SignalR's own text for calls that it cannot bind or run; every other rejection is the end of the connection.
  if (/^(An unexpected error occurred invoking|Failed to invoke)/.test(text))
    return new ChatRefusedError('internal_error', text);
  return new ChatDisconnectedError(`The connection was lost: ${text}`, { cause: error });
}

/**
 * Why no connection could be made.
 * @param {unknown} error
 * @returns {ChatError}
 */
export function explainConnect(error) {
  if (error instanceof ChatError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const status =
    /** @type {{statusCode?: number}} */ (error)?.statusCode ?? Number(/Status code '(\d{3})'/.exec(text)?.[1] ?? 0);
  return new ChatConnectError(`No connection: ${text}`, status || null, error);
}

/**
 * When the server said to come again, in milliseconds; null: it did not. It is in the text, also of SignalR's errors.
 * @param {unknown} error
 * @returns {number | null}
 */
export function retryTimeOf(error) {
  const said = /; retry in (\d{1,8}) ms\b/.exec(error instanceof Error ? error.message : '');
  return said ? Number(said[1]) : null;
}

function versionOf(text) {
  const said = /; it has version (\d{1,15})$/.exec(text);
  return said ? Number(said[1]) : null;
}

// The body of an answer, which SignalR puts into its error; and the last word of its close message.
const inAnswer = /"error":\s*"([a-z][a-z0-9_]*)[:"]/;
const atEnd = /\bon close: (?:.*\s)?([a-z][a-z0-9_]*)$/s;

/**
 * What the server itself, and nothing on the way to it, said when it refused a connection or ended it: a code.
 * @param {unknown} error
 * @returns {string | null}
 */
export function saidOf(error) {
  const text = error instanceof Error ? error.message : '';
  const last = atEnd.exec(text)?.[1] ?? '';
  return inAnswer.exec(text)?.[1] ?? (tokenWords.has(last) || finalWords.has(last) ? last : null);
}

const tokenWords = new Set(['unauthenticated', 'token_invalid', 'token_revoked', 'token_expired']);
const finalWords = new Set(
  ['identity_mismatch', 'banned', 'tenant_suspended', 'origin_not_allowed', 'host_not_allowed']);

/** It is the token that the server did not take. @param {string | null} said */
export const isOfToken = (said) => tokenWords.has(said ?? '');

/** The server does not want this client, with any token. @param {string | null} said */
export const isFinalWord = (said) => finalWords.has(said ?? '');

/** The failure is temporary. @param {unknown} error */
export const mayPass = (error) =>
  error instanceof ChatRefusedError && (error.code === 'rate_limited' || error.code === 'internal_error');

/** No further attempt to connect is of use. @param {any} reason */
export const endsForGood = (reason) =>
  reason instanceof ChatSignedOutError || reason instanceof ChatOtherUserError || isFinalWord(reason.code);
