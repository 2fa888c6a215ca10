/**
 * Listens to what a browser reports about its network and visibility; elsewhere nothing does.
 * @param {(online: boolean) => void} onNetwork
 * @param {() => void} onVisible
 * @returns {() => void} stops listening
 */
export function onBrowserHints(onNetwork, onVisible) {
  const { document, addEventListener, removeEventListener } = /** @type {any} */ (globalThis);
  if (!document || !addEventListener) return () => {};
  const online = () => onNetwork(true);
  const offline = () => onNetwork(false);
  const seen = () => { if (document.visibilityState === 'visible') onVisible(); };
  addEventListener('online', online);
  addEventListener('offline', offline);
  document.addEventListener('visibilitychange', seen);
  return () => {
    removeEventListener('online', online);
    removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', seen);
  };
}
