// One user with the JavaScript client, over an unreliable connection: sends messages and prints what it reads as JSON
// lines. node chat.mjs <server> <user> <conversation> <messages> <user,user: the users whose last messages end it>.
// Each line of its input lets it send ten more messages.
import { createInterface } from 'node:readline';
import * as signalR from '@microsoft/signalr';
import { ChatClient } from '../../Chat.Server/wwwroot/sdk/core/client.js';

const [url, userId, conversation, messages, users] = process.argv.slice(2);
const say = (event, value) => process.stdout.write(JSON.stringify({ event, value }) + '\n');

const chat = new ChatClient({ url, userId, signalR, reconnect: { firstDelay: 20, maxDelay: 250 } });
chat.on('status', (status) => say('status', status.state));
await chat.start();

const sends = [];
const waiting = new Set(users.split(','));
const reading = (async () => {
  for await (const entry of chat.read(conversation, { after: 0 })) {
    say('shown', entry);
    if (entry.kind === 'message' && entry.body === 'the last') waiting.delete(entry.senderId);
    if (waiting.size === 0) return;
  }
})();

for await (const _ of createInterface({ input: process.stdin })) {
  for (let ten = 0; ten < 10; ten++)
    sends.push(chat.send(conversation, sends.length + 1 === Number(messages) ? 'the last' : `${sends.length + 1}`));
  if (sends.length >= Number(messages)) break;
}
say('receipts', (await Promise.all(sends)).map((receipt) => receipt.sequence));
await reading;
say('pending', chat.pending());
await chat.stop();
say('done', null);
process.stdin.destroy();
