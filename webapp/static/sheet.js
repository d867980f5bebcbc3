// Printing and opening everything at once need a script, so only a script shows their buttons. Without scripts, the
// browser's own menu prints the page, and each part is opened by itself.
function offer(id, act) {
  const button = document.getElementById(id);
  button.hidden = false;
  button.addEventListener("click", act);
}

function openAll() {
  for (const part of document.querySelectorAll(".sheet details")) {
    part.open = true;
  }
}

offer("print", () => window.print());
offer("open-all", openAll);

// Paper has no folds. The style sheet unfolds them where the browser lets it; where not, they are opened to be printed.
if (!CSS.supports("selector(::details-content)")) {
  window.addEventListener("beforeprint", openAll);
}
