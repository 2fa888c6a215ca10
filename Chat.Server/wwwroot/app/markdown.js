// How a message is written: bold, italic, struck out, lists, quotes, code, links. Pure: a string in, plain nodes out.
// Nothing here knows the DOM, and nothing ever becomes HTML. What is typed stays as it is in the log. Every character
// is looked at a bounded number of times, whatever the text is.

import { linkAt } from './links.js';
import { Unspaced } from './names.js';

const Fence = '```';
const LanguageLine = /^[^\S\n]*[\w+#.-]*[^\S\n]*\n/;
const LanguageCharacters = 64;

/** More pieces than this make a page slow: the rest is shown as it is. */
const MostParts = 2_000;
/** How deep quotes, lists and marks lie in each other. What lies deeper is shown as it is. */
const MostDepth = 4;

// By how often it is repeated. What one letter begins no other ends.
const Marks = { '*': ['italic', 'bold'], _: ['slant'], '~': [null, 'strike'] };

// A mark begins after one of these, and ends before one; scripts without spaces have no such place.
const Edge = new RegExp(`[^\\p{L}\\p{N}\\p{M}\\\\]|${Unspaced.source}`, 'u');
const Space = /\s/;
/** No mark begins before one of these, nor ends behind one: a slash is part of a path with a star in it. */
const Outside = /[\s/]/;

const Item = /^([^\S\n]{0,12})(?:([-*+•])|(0|[1-9]\d{0,8})\.)[^\S\n]+(?=\S)/;
const More = /^[^\S\n]{2,}(?=\S)/;
const StartCharacters = 32;

/**
 * @typedef {{kind: 'text'|'code'|'block'|'link', text: string, href?: string}} Leaf
 * @typedef {{kind: 'bold'|'italic'|'strike'|'quote', parts: Part[]}} Branch
 * @typedef {{parts: Part[], value: number|null, lists: List[]}} ListItem
 * @typedef {{kind: 'list', ordered: boolean, items: ListItem[]}} List
 * @typedef {Leaf|Branch|List} Part
 */

/**
 * Divides a message into parts.
 * @param {string} body
 * @returns {Part[]}
 */
export const parts = body => new Reading(body, { left: MostParts }, 0).parts();

/** What a text says, without its marks. @param {Part[]} found @returns {string} */
export const plainOf = found => found.map(part => {
  switch (part.kind) {
    case 'list':
      return part.items.map(item => `${plainOf([...item.parts, ...item.lists])}\n`).join('');
    case 'quote':
      return `${plainOf(part.parts)}\n`;
    case 'block':
      return `\n${part.text}\n`;
    default:
      return 'parts' in part ? plainOf(part.parts) : part.text;
  }
}).join('');

/** One pass over a text. */
class Reading {
  /** @type {Part[]} */
  #found = [];
  #fence = -2;
  #line = 0;

  /** @param {string} body @param {{left: number}} budget how many parts may still be made @param {number} depth */
  constructor(body, budget, depth) {
    [this.body, this.budget, this.depth] = [body, budget, depth];
  }

  parts() {
    const { body } = this;
    let from = 0, at = 0, begins = true;
    const flush = to => {
      if (to > from) inline(body.slice(from, to), this.#found, this.budget);
    };
    while (at < body.length && this.budget.left > 0) {
      if (begins) {
        const end = this.#quote(at, flush) || this.#list(at, flush);
        if (end > 0) {
          from = at = end;
          continue;
        }
      }
      const line = this.#lineEnd(at), fence = this.#nextFence(at);
      if (!isBefore(fence, line)) {
        [at, begins] = [line, true];
        continue;
      }
      flush(fence);
      from = at = this.#block(fence);
      begins = body[at - 1] === '\n';
    }
    flush(body.length);
    return this.#found;
  }

  /** Where the line that this place is in ends: behind its line feed. */
  #lineEnd(at) {
    if (this.#line <= at) this.#line = this.body.indexOf('\n', at) + 1 || this.body.length;
    return this.#line;
  }

  // Looked for once: it lies behind all that was passed.
  #nextFence(at) {
    if (this.#fence !== -1 && this.#fence < at) this.#fence = this.body.indexOf(Fence, at);
    return this.#fence;
  }

  /** A block of code that begins here; returns where it ends. */
  #block(open) {
    const { body } = this;
    const start = open + Fence.length;
    const language = LanguageLine.exec(body.slice(start, start + LanguageCharacters))?.[0].length ?? 0;
    const close = body.indexOf(Fence, start + language);
    const stop = close < 0 ? body.length : close;
    let text = body.slice(start + language, stop);
    if (close >= 0 && text.endsWith('\n')) text = text.slice(0, -1);
    let end = close < 0 ? stop : close + Fence.length;
    while (close >= 0 && end < body.length && body[end] !== '\n' && Space.test(body[end])) end++;
    if (close >= 0 && body[end] === '\n') end++;
    if (text.trim() === '') plain(body.slice(open, end), this.#found, this.budget);
    else add({ kind: 'block', text }, this.#found, this.budget);
    return end;
  }

  /** Lines that begin with "> "; returns where they end, or 0. */
  #quote(at, flush) {
    const { body } = this;
    if (this.depth >= MostDepth) return 0;
    const lines = [];
    let end = at;
    while (end < body.length && isQuoted(body, end)) {
      const next = this.#lineEnd(end);
      lines.push(body.slice(end + (body[end + 1] === ' ' ? 2 : 1), next));
      end = next;
    }
    if (lines.length === 0) return 0;
    flush(at);
    this.budget.left--;
    const inner = lines.join('').replace(/\n$/, '');
    this.#found.push({ kind: 'quote', parts: new Reading(inner, this.budget, this.depth + 1).parts() });
    return end;
  }

  /** Lines that begin with a dash, a dot or a number; returns where they end, or 0. */
  #list(at, flush) {
    const { body } = this;
    const first = itemAt(body, at);
    if (first === null || isBefore(this.#nextFence(at), this.#lineEnd(at))) return 0;
    flush(at);
    const top = { kind: 'list', ordered: first.value !== null, items: [] };
    this.#found.push(/** @type {List} */ (top));
    /** @type {{indent: number, list: List}[]} The lists that are open, each within the one before. */
    const open = [{ indent: first.indent, list: /** @type {List} */ (top) }];
    let end = at;
    while (end < body.length && this.budget.left > 0) {
      const item = itemAt(body, end), next = this.#lineEnd(end);
      if (isBefore(this.#nextFence(end), next)) break;
      if (item === null && !(end > at && More.test(body.slice(end, end + StartCharacters)))) break;
      const text = body.slice(item === null ? end : end + item.width, next).replace(/\n$/, '');
      if (item !== null && !this.#place(item, open)) break;
      const { items } = open[open.length - 1].list;
      const { parts } = items[items.length - 1];
      if (item === null) plain('\n', parts, this.budget);
      inline(item === null ? text.trimStart() : text, parts, this.budget);
      end = next;
    }
    return end;
  }

  /** Puts a new item where its indent says; false: another list begins. */
  #place({ indent, value }, open) {
    while (open.length > 1 && indent < open[open.length - 1].indent) open.pop();
    const last = open[open.length - 1], ordered = value !== null;
    if (indent >= last.indent + 2 && last.list.items.length > 0 && open.length + this.depth < MostDepth) {
      const list = /** @type {List} */ ({ kind: 'list', ordered, items: [] });
      last.list.items[last.list.items.length - 1].lists.push(list);
      open.push({ indent, list });
    } else if (last.list.ordered !== ordered) {
      if (open.length === 1) return false;
      const list = /** @type {List} */ ({ kind: 'list', ordered, items: [] });
      open.pop();
      const { items } = open[open.length - 1].list;
      items[items.length - 1].lists.push(list);
      open.push({ indent, list });
    }
    this.budget.left--;
    open[open.length - 1].list.items.push({ parts: [], value, lists: [] });
    return true;
  }
}

const isBefore = (fence, end) => fence >= 0 && fence < end;

const isQuoted = (body, at) =>
  body[at] === '>' && (body[at + 1] === ' ' || body[at + 1] === '\n' || at + 1 === body.length);

function itemAt(body, at) {
  const found = Item.exec(body.slice(at, at + StartCharacters));
  if (found === null) return null;
  const value = found[3] === undefined ? null : Number(found[3]);
  return { indent: found[1].length, value, width: found[0].length };
}

/** Marks, code and links within a text. @param {string} text @param {Part[]} found @param {{left: number}} budget */
function inline(text, found, budget) {
  const marks = new MarkStack(found, budget);
  let from = 0, at = 0;
  const flush = to => {
    if (to > from) plain(text.slice(from, to), marks.target, budget);
  };
  while (at < text.length && budget.left > 0) {
    const letter = text[at];
    if (letter === '\n') {
      flush(at);
      from = at;
      marks.end();
      at++;
    } else if (letter === '`') {
      const end = codeEnd(text, at);
      if (end > 0) {
        flush(at);
        add({ kind: 'code', text: text.slice(at + 1, end - 1) }, marks.target, budget);
        from = end;
      }
      at = end || at + 1;
    } else if (letter === 'h' || letter === 'H') {
      const link = linkAt(text, at);
      if (link !== null && link.href !== null) {
        flush(at);
        add({ kind: 'link', text: link.text, href: link.href }, marks.target, budget);
        from = at + link.text.length;
      }
      at += link === null ? 1 : link.passed;
    } else if (letter in Marks) {
      let run = 1;
      while (text[at + run] === letter) run++;
      const kinds = kindsOf(letter, run);
      if (kinds !== null) {
        const before = at === 0 ? '' : text[at - 1], after = text[at + run] ?? '';
        const closes = isInner(before) && isEdge(after) && marks.has(kinds);
        const opens = isInner(after) && isEdge(before);
        if (closes || opens) {
          flush(at);
          from = at + run;
          if (closes) marks.close(kinds);
          else marks.open(kinds, text.slice(at, from));
        }
      }
      at += run;
    } else at++;
  }
  flush(text.length);
  marks.end();
}

const isInner = letter => letter !== '' && !Outside.test(letter);

// As a pair of halves says nothing by one of them, they count as what ends a word: an emoji does.
const isEdge = letter => letter === '' || Edge.test(letter);

/** What a run of one mark stands for, the outer first; null: nothing. */
function kindsOf(letter, run) {
  if (letter === '*' && run === 3) return ['bold', 'italic'];
  const kind = Marks[letter][run - 1];
  return kind ? [kind] : null;
}

/** Where code that begins here ends, behind its tick; 0: it is none. */
function codeEnd(text, at) {
  const next = text.indexOf('`', at + 1);
  if (next <= at + 1) return 0;
  return text.slice(at, next).includes('\n') ? 0 : next + 1;
}

/** Marks that have begun and not ended. What never ends is shown as it was typed. */
class MarkStack {
  /** @type {{kind: string, typed: string, parts: Part[]}[]} */
  #open = [];
  /** @type {Record<string, number>} How many of each kind are open. */
  #counts = { bold: 0, italic: 0, slant: 0, strike: 0 };

  constructor(found, budget) {
    [this.found, this.budget] = [found, budget];
  }

  /** Where the next part goes. */
  get target() {
    return this.#open.length === 0 ? this.found : this.#open[this.#open.length - 1].parts;
  }

  has(kinds) {
    return kinds.every(kind => this.#counts[kind] > 0);
  }

  open(kinds, typed) {
    if (this.#open.length + kinds.length > MostDepth) return plain(typed, this.target, this.budget);
    const share = typed.length / kinds.length;
    kinds.forEach((kind, i) => {
      const own = kinds.length === 1 ? typed : typed.slice(0, i === 0 ? Math.ceil(share) : Math.floor(share));
      this.#counts[kind]++;
      this.#open.push({ kind, typed: own, parts: [] });
    });
  }

  close(kinds) {
    const wanted = new Set(kinds);
    while (wanted.size > 0) {
      const { kind, typed, parts } = this.#pop();
      if (wanted.delete(kind)) add({ kind: kind === 'slant' ? 'italic' : kind, parts }, this.target, this.budget);
      else this.#give(typed, parts);
    }
  }

  /** The line is over. */
  end() {
    while (this.#open.length > 0) {
      const { typed, parts } = this.#pop();
      this.#give(typed, parts);
    }
  }

  #pop() {
    const last = this.#open.pop();
    this.#counts[last.kind]--;
    return last;
  }

  #give(typed, parts) {
    const { target } = this;
    plain(typed, target, this.budget);
    for (const part of parts) {
      if (part.kind === 'text') plain(part.text, target, this.budget);
      else target.push(part);
    }
  }
}

function add(part, found, budget) {
  budget.left--;
  found.push(part);
}

function plain(text, found, budget) {
  if (text === '') return;
  const last = found[found.length - 1];
  if (last?.kind === 'text') last.text += text;
  else add({ kind: 'text', text }, found, budget);
}
