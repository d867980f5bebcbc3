// Pages that are made from answers are views of one document. The browser keeps no page that came with answers, and
// going back to one would end in its error page, or send old answers again. So the answers are sent from within the
// document, what comes back is shown in it, and going back and forward only changes what is shown. All is in memory.
import { settle } from "./settle.js";

const PATIENCE = 20_000; // ms
const AROUND = [".site-header", ".site-footer"];

// What only scripts can use is in a page as the text of an element that no browser shows. (Text browsers know neither
// "hidden" nor "template", and would show it.) It goes where it belongs.
function unpack(page) {
  for (const part of page.querySelectorAll('script[type="text/html"]')) part.outerHTML = part.textContent;
}

// What a reader sees of a document: its main part, what is around it, its title, and the class of its root.
export function viewOf(page) {
  unpack(page);
  return {
    main: page.querySelector("main"),
    around: AROUND.map((part) => page.querySelector(part)),
    title: page.title,
    root: page.documentElement.className,
  };
}

export let shown = viewOf(document);

// The questions stay in the document, hidden: browsers then bring their ticks back after a reload.
export function show(view) {
  if (view === shown) return;
  shown.root = document.documentElement.className;
  shown.title = document.title;
  shown.main.before(view.main);
  if (shown.main.querySelector("form.questions")) shown.main.hidden = true;
  else shown.main.remove();
  view.main.hidden = false;
  shown.around.forEach((part, index) => part.replaceWith(view.around[index]));
  document.documentElement.className = view.root;
  document.title = view.title;
  shown = view;
  settle();
}

// Where in the history the views of this document are. After a reload there may be others, which have to be loaded.
export const paths = new Set([location.pathname]);

addEventListener("popstate", () => {
  if (!paths.has(location.pathname)) location.reload();
});

// A page with problems takes the place of the view that they are about.
export function replace(view, next) {
  const problems = next.main.querySelector("#problems");
  problems.autofocus = false; // for pages that load
  show(next);
  view.main.remove();
  problems.focus();
}

// What a button of a form sends.
export function sentBy(form, button) {
  const sent = new URLSearchParams(new FormData(form));
  if (button?.name) sent.append(button.name, button.value);
  return sent;
}

// Send it; promises the page that the server answers with, without the words for those who have no scripts.
export function send(sent, address) {
  return new Promise((answered, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "document";
    request.onload = () => {
      const page = request.response;
      if (!page?.querySelector("#main")) return failed(); // a page of somebody on the way
      for (const part of page.querySelectorAll(".no-views")) part.remove();
      answered(page);
    };
    request.onerror = failed;
    request.send(sent);
  });
}

// Where somebody waits, that is said, and nobody waits for ever.
export async function waiting(places, act) {
  const say = (text) => places.forEach((place) => (place.textContent = text));
  const later = setTimeout(() => say(places[0].dataset.text), 500);
  let tooLate;
  const patience = new Promise((_, failed) => (tooLate = setTimeout(failed, PATIENCE)));
  try {
    return await Promise.race([act(), patience]);
  } finally {
    clearTimeout(later);
    clearTimeout(tooLate);
    say("");
  }
}
