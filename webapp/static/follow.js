// What the forms of the pages about a sheet send (its record, the check, what if) is answered within the document, too.
import { send, sentBy, show, shown, viewOf, waiting } from "./views.js";

const [first, address] = [shown, location.pathname];
// Views by the states of their places in the history: a random number, as an index would name another view after a reload.
const further = new Map();
let busy = false;
let ordinary = false;

const addressOf = (form, button) => button.getAttribute("formaction") ?? form.getAttribute("action");
const isFile = (path) => /\.\w+$/.test(path); // the browser saves it, and stays on the page

async function follow(form, button) {
  const sent = sentBy(form, button);
  const to = addressOf(form, button);
  const questions = await import("./questions.js");
  if (questions.form?.getAttribute("action") === to) return questions.openSheet(sent);
  let page = await send(sent, to);
  // A sheet belongs to questions. Where the document has none, they come with it.
  const change = page.querySelector("[data-change]");
  if (change) page = await send(sentBy(change.form), change.getAttribute("formaction"));
  const view = viewOf(page);
  if (page.querySelector("form.questions")) questions.open(view, change ? "sheet" : "check-answers");
  else add({ ...view, answers: questions.form && String(sentBy(questions.form)) });
}

function add(view) {
  view.place = { view: Math.random() };
  further.set(view.place.view, view);
  view.heading = view.main.querySelector("[autofocus]") ?? view.main.querySelector("h1");
  view.heading.autofocus = false; // for pages that load
  view.heading.tabIndex = -1;
  history.pushState(view.place, "");
  show(view);
  scrollTo(0, 0);
  view.heading.focus();
}

// Shows the view that the place in the history names, if it was made from these answers. Returns whether.
export function isFurther(answers) {
  const inside = shown.place && !history.state && document.getElementById(location.hash.slice(1));
  if (inside && shown.main.contains(inside)) history.replaceState(shown.place, ""); // a link within the view
  const view = further.get(history.state?.view);
  if (!view || view.answers !== answers) return false;
  if (view !== shown) {
    show(view);
    view.heading.focus({ preventScroll: true });
  }
  return true;
}

document.addEventListener("submit", async (event) => {
  const { target: form, submitter: button } = event;
  if (ordinary || event.defaultPrevented || !button || form.method !== "post") return;
  if (isFile(addressOf(form, button))) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  const wait = document.createElement("p");
  wait.className = "wait";
  wait.setAttribute("role", "status");
  wait.dataset.text = document.querySelector("main").dataset.wait;
  button.after(wait);
  try {
    await waiting([wait], () => follow(form, button));
  } catch {
    // As without scripts, but in this tab: browsers open none so late.
    button.removeAttribute("formtarget");
    ordinary = true;
    button.click();
    ordinary = false;
  }
  wait.remove();
  busy = false;
});

if (!first.main.querySelector("form.questions")) {
  addEventListener("popstate", () => {
    if (location.pathname === address && !isFurther()) show(first);
  });
}
