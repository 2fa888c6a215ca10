// Draws once a frame however much happened; in a tab that nobody sees, where there are no frames, now and then.

const HiddenMilliseconds = 200;

/** @param {() => void} draw @returns {() => void} Asks for a drawing. */
export function scheduled(draw) {
  let asked = false;
  const run = () => {
    asked = false;
    draw();
  };
  return () => {
    if (asked) return;
    asked = true;
    if (document.hidden) setTimeout(run, HiddenMilliseconds);
    else requestAnimationFrame(run);
  };
}
