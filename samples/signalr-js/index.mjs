import { HubConnectionBuilder } from "@microsoft/signalr";

const lobby = "00000000-0000-0000-0000-000000000001";
const chat = new HubConnectionBuilder()
  .withUrl("http://localhost:8080/hubs/chat?user_id=cem")
  .withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 1000 + Math.random() * 4000 }) // for ever
  .build();

let seen = 0; // keep it, and a restart goes on from here
chat.on("MessageReceived", message => {
  seen = message.sequence;
  console.log(`${message.sequence} ${message.senderId}: ${message.body}`);
});
chat.on("EntryReceived", entry => { seen = entry.sequence; });
const join = () => chat.invoke("Join", lobby, seen);
chat.onreconnected(join);

await chat.start();
await join();
await chat.invoke("Send", lobby, "hello from JavaScript");
