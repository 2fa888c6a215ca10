// One user with the JavaScript client: does what its input says, one JSON object a line, answers each, and says what it
// is shown, as JSON lines. At the end it says what its fold has made of the messages.
// node changing.mjs <server> <user> <conversation>
import { createInterface } from 'node:readline';
import * as signalR from '@microsoft/signalr';
import { ChatClient } from '../../Chat.Server/wwwroot/sdk/core/client.js';
import { fold } from '../../Chat.Server/wwwroot/sdk/core/fold.js';

const [url, userId, conversation] = process.argv.slice(2);
const say = (event, value) => process.stdout.write(JSON.stringify({ event, value }) + '\n');

const chat = new ChatClient({ url, userId, signalR, reconnect: { firstDelay: 5, maxDelay: 100 } });
await chat.start();

const messages = new Map();
(async () => {
  for await (const entry of chat.read(conversation, { after: 0 })) {
    const { sequence, targetSequence } = entry;
    if (entry.kind === 'message') messages.set(sequence, { message: entry, version: sequence });
    else if (entry.kind === 'messageEdited' || entry.kind === 'messageDeleted')
      messages.set(targetSequence, { message: fold(messages.get(targetSequence).message, entry), version: sequence });
    say('shown', entry);
  }
})().catch((error) => say('failed', String(error)));

const calls = {
  Send: ({ body, options }) => chat.send(conversation, body, options),
  Edit: ({ target, body, options: { mentions }, ifVersion }) =>
    chat.editMessage(conversation, target, { body, mentions, ifVersion }),
  Delete: ({ target }) => chat.deleteMessage(conversation, target),
  Pin: ({ target }) => chat.setPinned(conversation, target, true),
  React: ({ target, keys }) => chat.setReactions(conversation, target, keys),
  Unpin: ({ target }) => chat.setPinned(conversation, target, false),
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.kind === 'fold') say('folded', [...messages.values()]);
  else
    calls[asked.kind](asked).then(
      (receipt) => say('answer', { ...receipt, call: asked.call }),
      (error) => say('answer', { code: error.code ?? String(error), call: asked.call }),
    );
}
