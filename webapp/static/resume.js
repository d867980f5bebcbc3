// A code is opened in this document: the questions, filled in, are another view of it.
import { replace, send, sentBy, show, shown, viewOf, waiting } from "./views.js";

const address = location.pathname;
let view = shown;

const form = () => view.main.querySelector("#resume");

async function open(isScanned) {
  const { show } = form().elements; // a scanned code can ask for the sheet itself
  if (show) show.disabled = true;
  try {
    const both = () => Promise.all([import("./questions.js"), send(sentBy(form()), form().action)]);
    const [questions, page] = await waiting(form().querySelectorAll(".wait"), both);
    if (!page.querySelector("form.questions, #resume")) throw new Error("another page");
    const next = viewOf(page);
    if (page.querySelector("#resume")) return mend(next);
    const screen = show && !page.querySelector("main .notice[role]") ? "sheet" : "check-answers";
    // A page that opened by itself is no place to go back to.
    questions.open(next, screen, isScanned ? "replaceState" : "pushState");
  } catch {
    if (show) show.disabled = false;
    form().submit();
  }
}

function mend(next) {
  replace(view, next);
  view = next;
}

// A scanned code comes behind the "#" of the address, which browsers never send. It is taken out of the address bar and
// of the history, and goes to the server in the body of a request, as if it had been typed.
function scan(isFirst) {
  const code = location.hash.slice(1);
  if (location.pathname !== address || !code || document.getElementById(code)) {
    return; // another view, or a link within the page
  }
  history.replaceState(null, "", location.pathname);
  view.main.querySelector("#code").value = code;
  open(isFirst);
}

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  open(false);
});
addEventListener("hashchange", () => scan(false));
addEventListener("popstate", () => {
  if (location.pathname === address && shown !== view) {
    show(view);
    view.main.focus();
  }
});
scan(true);
