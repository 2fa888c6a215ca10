// node index.mjs [user] [server]: sends what is typed to the lobby, and shows the lobby's messages. Try to stop the
// server and start it again meanwhile. Where the server wants tokens, CHAT_TOKEN_FILE names a file that has one of this
// user; it is read for each new one.
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { ChatClient, lobby } from '@chat/client';

const [userId = 'node', url = 'http://localhost:8080'] = process.argv.slice(2);
const file = process.env.CHAT_TOKEN_FILE;
const accessToken = file && (async () => (await readFile(file, 'utf8')).trim());
const chat = new ChatClient({ url, userId, accessToken });
chat.on('status', ({ state, reason }) => console.error(`[${state}${reason ? `: ${reason.message}` : ''}]`));
chat.on('outbox', ({ type, message }) => {
  if (type === 'failed') console.error(`[not sent: ${message.body}: ${message.error.message}]`);
});
await chat.start();

const reading = new AbortController();
const shown = (async () => {
  for await (const entry of chat.read(lobby, { signal: reading.signal })) {
    if (entry.kind === 'message') console.log(`${entry.senderId}: ${entry.body ?? entry.attachmentUrl}`);
  }
})().catch((error) => { if (!reading.signal.aborted) throw error; });

const sends = [];
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) sends.push(chat.send(lobby, line)); // accepted at once, also without a connection
}
await Promise.allSettled(sends); // whatever happens meanwhile, each is stored once
reading.abort();
await shown;
await chat.stop();
