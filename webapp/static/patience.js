// A browser shows nothing of a page until its style sheet is there. Where that never comes (a filter, a dead line), the
// page must not stay white: after a while it is shown without, and gets its looks when they come.
const PATIENCE = 3000; // ms

const style = document.querySelector("link[rel=stylesheet]");

setTimeout(() => {
  if (style.sheet) return;
  style.addEventListener("load", () => (style.media = "all"));
  style.media = "print"; // what is for paper only, no browser waits for
}, PATIENCE);
