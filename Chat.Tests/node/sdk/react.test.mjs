import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { act, createElement } from 'react';
import { create } from 'react-test-renderer';
import { settle } from './manual-clock.mjs';
import { scene, until } from './scene.mjs';

const room = 'room';
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

/** The hook as docs/javascript.md shows it. */
async function hookOfTheGuide() {
  const guide = await readFile(new URL('../../../docs/javascript.md', import.meta.url), 'utf8');
  const shown = /```js\n(\/\/ use-conversation\.js\n.*?)```/s.exec(guide)[1];
  assert.ok(shown.trimEnd().split('\n').length <= 32, 'a hook of 30 lines');
  const client = new URL('../../../Chat.Server/wwwroot/sdk/core/fold.js', import.meta.url).href;
  const code = shown.replace("'@chat/client'", `'${client}'`).replace("'react'", `'${import.meta.resolve('react')}'`);
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).useConversation;
}

/** A component that uses the hook, and what it was given last. */
async function show(t, chat) {
  const useConversation = await hookOfTheGuide();
  const seen = { renders: 0, bodies: () => seen.messages.map((message) => message.body) };
  const Room = ({ conversation }) => {
    Object.assign(seen, useConversation(chat, conversation), { renders: seen.renders + 1 });
    return null;
  };
  let root;
  const render = (conversation) => act(() => {
    const element = createElement(Room, { conversation });
    if (root) root.update(element);
    else root = create(element);
  });
  await render(room);
  t.after(() => act(() => root.unmount()));
  return { seen, render, unmount: () => act(() => root.unmount()) };
}

/** Moves the client's time until the condition holds; React draws behind every step. */
async function seeing(clock, holds, what) {
  for (let step = 0; step < 1_000 && !holds(); step++)
    await act(async () => {
      await settle();
      await clock.advance(50);
    });
  assert.ok(holds(), `${what} did not come`);
}

test('a component shows messages as they are now', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.post(room, 'one');
  const { seen } = await show(t, chat);
  await seeing(clock, () => seen.messages.length === 1, 'what there was');
  hub.post(room, 'two');
  hub.post(room, 'one, edited', { kind: 'messageEdited', targetSequence: 1 });
  await seeing(clock, () => seen.bodies()[0] === 'one, edited', 'the edit');
  assert.deepEqual(seen.bodies(), ['one, edited', 'two']);
});

test('what it sends is shown at once as waiting, and then as a message', async (t) => {
  const { hub, clock, chat } = await scene(t);
  const { seen } = await show(t, chat);
  await seeing(clock, () => hub.countOf('Join') === 1, 'joined');
  act(() => void seen.send('hello'));
  assert.deepEqual(seen.waiting.map((message) => message.body), ['hello']);
  await seeing(clock, () => seen.messages.length === 1 && seen.waiting.length === 0, 'its receipt');
  assert.deepEqual(seen.bodies(), ['hello']);
});

test('another conversation is another list, and nothing is heard behind the end', async (t) => {
  const { hub, clock, chat } = await scene(t);
  hub.post(room, 'here');
  hub.post('other', 'there');
  const { seen, render, unmount } = await show(t, chat);
  await seeing(clock, () => seen.messages.length === 1, 'the first');
  await render('other');
  await seeing(clock, () => seen.bodies()[0] === 'there', 'the other');
  assert.deepEqual(seen.bodies(), ['there']);
  await unmount();
  const { renders } = seen;
  hub.post('other', 'later');
  await until(clock, () => hub.countOf('Leave') > 0, 'left');
  assert.equal(seen.renders, renders);
});
