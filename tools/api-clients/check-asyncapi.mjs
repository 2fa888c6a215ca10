// Prints what is wrong with an AsyncAPI document, and ends with 1 where anything is.
import { readFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(await readFile(process.argv[2], "utf8"));
const errors = diagnostics.filter(one => one.severity === 0);
for (const one of errors) console.log(`${one.path.join(".")}: ${one.message}`);
if (!document || errors.length > 0) process.exitCode = 1;
else console.log(`${document.allMessages().length} messages, ${document.allOperations().length} operations`);
