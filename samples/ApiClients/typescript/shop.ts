// A back end that talks about an order. CHAT_URL is the server, CHAT_KEY a key with the scope app.
import createClient from "openapi-fetch";
import type { paths } from "./generated/chat-api.ts";

declare const process: { env: Record<string, string | undefined>; exitCode?: number };

const chat = createClient<paths>({
  baseUrl: process.env.CHAT_URL, headers: { Authorization: `Bearer ${process.env.CHAT_KEY}` },
});

const made = await chat.POST("/api/v1/chat", { body: { participant_ids: ["ann", "ben"], title: "Order 17" } });
if (!made.data) throw new Error(made.error.error);
const path = { id: made.data.id };

// As the application, once, however often it is sent.
const message = { body: "It left our house.", dedupe_key: "order-17-left" };
const stored = await chat.POST("/api/v1/chat/{id}/messages", { params: { path }, body: message });
const again = await chat.POST("/api/v1/chat/{id}/messages", { params: { path }, body: message });

// As Ann.
const asAnn = { "X-Chat-User": "ann" };
await chat.POST("/api/v1/chat/{id}/messages", { params: { path }, headers: asAnn, body: { body: "Thank you!" } });
const page = await chat.GET("/api/v1/chat/{id}/messages", {
  params: { path, query: { view: "main" } }, headers: asAnn,
});
const refused = await chat.POST("/api/v1/chat/{id}/messages", {
  params: { path }, headers: { "X-Chat-User": "eve" }, body: { body: "let me in" },
});

console.log(JSON.stringify({
  title: made.response.status, first: stored.data?.seq, duplicate: again.data?.duplicate,
  said: page.data?.entries?.map(entry => `${entry.sender_id}: ${entry.body ?? entry.kind}`),
  refused: refused.error?.error,
}));
