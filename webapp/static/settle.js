// Hands that shake press twice, and the second press lands on whatever has just moved under the pointer: it would tick an
// answer that nobody gave. So for a moment a second press in the same place does nothing, and in a page that has just
// opened no press does. Keys are not affected.
const MOMENT = 500; // ms: systems take two presses within this time for a double click
const NEAR = 40; // px: how far a hand may slip between two presses

let before = { time: 0 }; // the way to this page may have been the first of two presses
let again = false;

// What has just opened takes no press yet.
export function settle() {
  before = { time: performance.now() };
}

addEventListener(
  "pointerdown",
  ({ clientX: x, clientY: y }) => {
    const time = performance.now();
    const near = !("x" in before) || Math.hypot(x - before.x, y - before.y) < NEAR;
    again = near && time - before.time < MOMENT;
    if (!again) before = { time, x, y };
  },
  { capture: true },
);
addEventListener(
  "click",
  (event) => {
    // A click of a key or of a script has no detail.
    if (!again || !event.detail) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);
