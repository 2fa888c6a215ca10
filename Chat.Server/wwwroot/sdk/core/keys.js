/** A new dedupe key: 128 random bits, also available on pages that are not served securely. */
export function newKey() {
  return Array.from(globalThis.crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
