// Keys that belong to somebody else.

/** Whether the key goes to an input method, which writes with it: Safari says so after the composition has ended. */
export const isComposing = event => event.isComposing || event.keyCode === 229;
