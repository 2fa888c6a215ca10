// One user with the stock client. Says what happens as JSON lines; ends when it reads a message "end".
// node client.mjs <server> <user> <conversation> <transport> <protocol: json or messagepack>
// Transports: 0 = let the client choose, 1 WebSockets, 2 ServerSentEvents, 4 LongPolling.
import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const [server, user, conversation, transport, protocol] = process.argv.slice(2);
const say = (event, value) => process.stdout.write(JSON.stringify({ event, value }) + "\n");

const builder = new HubConnectionBuilder()
  .configureLogging(LogLevel.None)
  .withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 50 }); // for ever: the test has the bound
if (protocol === "messagepack") builder.withHubProtocol(new MessagePackHubProtocol());
const url = `${server}hubs/chat?user_id=${encodeURIComponent(user)}`;
const connection = (transport === "0" ? builder.withUrl(url) : builder.withUrl(url, Number(transport))).build();

let last = 0;
connection.on("MessageReceived", message => {
  last = message.sequence;
  say("message", message);
  if (message.body === "end") connection.stop();
});
connection.on("EntryReceived", entry => { last = entry.sequence; });
connection.onreconnected(() => connection.invoke("Join", conversation, last).then(
  () => say("resumed", last),
  () => { })); // cut again meanwhile: the next reconnect joins
connection.onclose(error => {
  say("closed", error ? String(error) : null);
});

await connection.start();
say("joined", await connection.invoke("Join", conversation));
say("receipt", await connection.invoke("Send", conversation, `hello from ${user}`));
for (const call of [
  ["Join", "00000000-0000-0000-0000-0000000000ff"],
  ["Send", conversation, ""],
  ["Send", conversation],
])
  await connection.invoke(...call).then(
    result => say("unexpected", result),
    error => say("refused", error.message));
