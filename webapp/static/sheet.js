// Printing and opening everything at once need a script, so only a script shows their buttons. Without scripts, the
// browser's own menu prints the page, and each part is opened by itself.
function offer(id, act) {
  const button = document.getElementById(id);
  button.hidden = false;
  button.addEventListener("click", act);
}

offer("print", () => window.print());
offer("open-all", () => {
  for (const part of document.querySelectorAll(".more--points")) {
    part.open = true;
  }
});
