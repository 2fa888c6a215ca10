// One user with the JavaScript client: sends messages and shows what it reads, over whatever happens to the connection. Says what happens as JSON lines.
// node chat.mjs <server> <user> <conversation> <messages> <user, user: whose last messages end it>
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

for (let n = 1; n <= Number(messages); n++) {
  sends.push(chat.send(conversation, n === Number(messages) ? 'the last' : `${n}`));
  // Some at once, some alone: a few are under way whenever something breaks.
  if (n % 10 === 0) await sends[n - 5];
}
say('receipts', (await Promise.all(sends)).map((receipt) => receipt.sequence));
await reading;
say('pending', chat.pending());
await chat.stop();
say('done', null);
