// Draws once a frame however much happened; in a tab that nobody sees, where there are no frames, now and then.

const HiddenMilliseconds = 200;

/** @param {() => void} draw */
export function scheduled(draw) {
  let waits = false, asked = false, hurries = false;
  const run = () => {
    hurries = false;
    if (!asked) return;
    asked = false;
    draw();
  };
  const later = () => {
    waits = false;
    run();
  };
  return {
    /** Asks for a drawing with the next frame. */
    changed() {
      asked = true;
      if (waits) return;
      waits = true;
      if (document.hidden) setTimeout(later, HiddenMilliseconds);
      else requestAnimationFrame(later);
    },
    /** Draws when this piece of work is done: what comes at the beginning of a frame is seen in that frame. */
    changedInFrame() {
      asked = true;
      if (hurries) return;
      hurries = true;
      queueMicrotask(run);
    },
  };
}
