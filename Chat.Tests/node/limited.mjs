// One user with the JavaScript client and a token: sends messages as fast as it can, and says when all are stored.
// node limited.mjs <server> <token> <conversation> <messages>
import * as signalR from '@microsoft/signalr';
import { ChatClient } from '../../Chat.Server/wwwroot/sdk/core/client.js';

const [url, token, conversation, messages] = process.argv.slice(2);
const say = (event, value) => process.stdout.write(JSON.stringify({ event, value }) + '\n');

const chat = new ChatClient({ url, signalR, accessToken: () => token });
await chat.start();
say('me', await chat.me());
const sends = Array.from({ length: Number(messages) }, (_, i) => chat.send(conversation, `${i + 1}`));
say('receipts', (await Promise.all(sends)).map((receipt) => receipt.sequence));
await chat.stop();
say('done', null);
