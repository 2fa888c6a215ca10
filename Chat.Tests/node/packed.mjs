// Run beside an installed package: what an application does first. node packed.mjs <server>
import { ChatClient, ChatRefusedError, lobby } from '@chat/client';

const chat = new ChatClient({ url: process.argv[2], userId: 'packed' });
await chat.start();
const receipt = await chat.send(lobby, 'hello from a package');
for await (const entry of chat.read(lobby, { after: receipt.sequence - 1 })) {
  process.stdout.write(JSON.stringify({ event: 'shown', value: entry.body }) + '\n');
  break;
}
const refused = await chat.history('00000000-0000-0000-0000-0000000000ff').catch((error) => error);
if (!(refused instanceof ChatRefusedError) || refused.code !== 'forbidden') throw refused;
await chat.stop();
