// The same form, one question at a time. Nothing is stored or sent from here: the answers are the form's own ticks, and
// the place in the form is the part of the address behind "#", which the browser keeps to itself.
import { inputs, isAsked, isQuestion, ticked } from "./asked.js";
import { listMedicines } from "./medicines.js";
import { paths, replace, send, sentBy, show as showView, shown, viewOf, waiting } from "./views.js";

let view = null; // that of the questions; what follows is in it
export let form;
let screens, answerMore, checkAnswers, problems, remarks, medicines, title, address;
let current = null;
let sheet = null; // its view, with the answers that it was made from
let busy = false;
let leaving = false;
let isFurther = () => false; // comes with the sheet

const button = (id) => document.getElementById(id);

const labelOf = (input) => input.labels[0].textContent;
const headingOf = (screen) => screen.querySelector("h2, h3");

// ---- Where the reader is

const asked = () => screens.filter(isAsked);
const isMain = (screen) => screens.indexOf(screen) < screens.indexOf(answerMore);
const screenWith = (element) => element?.closest(".question, .screen");

// The screen that the address names. Where that is a question not asked, the next one that is.
function screenOfAddress() {
  const named = screenWith(document.getElementById(location.hash.slice(1)));
  const wanted = named ?? (current ? (location.hash ? current : first()) : begunAt());
  return screens.slice(screens.indexOf(wanted)).find(isAsked);
}

const first = () => ("filledIn" in form.dataset ? checkAnswers : screens[0]);

// Whoever has begun to fill in the long form, before the script came, goes on where they are.
function begunAt() {
  const inSight = (screen) => screen.getBoundingClientRect().bottom > innerHeight / 2;
  const begun = screenWith(document.activeElement) ?? (scrollY > 0 && screens.find(inSight));
  return begun || first();
}

function go(id, state = null) {
  history.pushState(state, "", `#${id}`);
  arrive();
}

export function arrive() {
  if (location.pathname !== address || isFurther(given())) return;
  if (isAtSheet()) return arriveAtSheet();
  show(screenOfAddress());
  const named = document.getElementById(location.hash.slice(1));
  if (screenWith(named) && !current.contains(named)) history.replaceState(history.state, "", `#${current.id}`);
  const target = named?.matches("input") ? named : headingOf(current);
  target.focus({ preventScroll: true });
  if (target === named) target.scrollIntoView({ block: "center" });
  else scrollTo(0, 0);
}

function show(screen) {
  showView(view);
  history.scrollRestoration = "manual";
  current = screen;
  for (const other of screens) other.hidden = other !== screen;
  for (const section of form.querySelectorAll("section:not(.screen)")) section.hidden = !section.contains(screen);
  for (const remark of remarks) remark.hidden = isQuestion(screen);
  document.title = screen === screens[0] ? title : `${headingOf(screen).textContent} – ${title}`;
  button("steps").hidden = !isQuestion(screen);
  if (isQuestion(screen)) {
    screen.querySelector(":scope > details").before(button("steps"));
    screen.append(button("clear"));
  }
  update();
}

// Bring everything that hangs on the answers up to date.
function update() {
  if (shown !== view) return;
  const changing = Boolean(history.state?.returnTo);
  document.getElementById("before-questions").hidden = changing || current !== screens[0];
  button("next").hidden = changing;
  button("done").hidden = !changing;
  for (const back of form.querySelectorAll(".back")) back.hidden = changing || current === screens[0];
  button("clear").hidden = !ticked(current).length;
  for (const message of form.querySelectorAll(".too-many")) message.hidden = !tooMany(message.closest(".question"));
  for (const list of medicines) list.update();
  showProgress();
  if (!isQuestion(current)) review(current);
}

function showProgress() {
  const progress = document.getElementById("progress");
  progress.hidden = !isQuestion(current);
  const main = isMain(current);
  const part = asked().filter((screen) => isQuestion(screen) && isMain(screen) === main);
  progress.querySelector(".progress__main").hidden = !main;
  progress.querySelector(".progress__more").hidden = main;
  progress.querySelector(".progress__number").textContent = part.indexOf(current) + 1;
  progress.querySelector(".progress__all").textContent = part.length;
}

// List the answers: on the way those to the main questions, at the end all.
function review(screen) {
  const questions = asked().filter((other) => isQuestion(other) && (screen === checkAnswers || isMain(other)));
  const [given, skipped] = screen.querySelectorAll("dl");
  given.replaceChildren(...questions.filter((question) => ticked(question).length).map(reviewRow));
  skipped.replaceChildren(...questions.filter((question) => !ticked(question).length).map(reviewRow));
  for (const part of screen.querySelectorAll("[data-part]")) {
    const inPart = (question) => question.closest("section").getAttribute("aria-labelledby") === part.dataset.part;
    part.hidden = !asked().some((other) => isQuestion(other) && inPart(other));
  }
  const count = skipped.children.length;
  screen.querySelector(".review__count").textContent = count;
  skipped.parentElement.hidden = !count;
  form.querySelector(".none-here").hidden = ticked(form).length > 0;
  given.hidden = !given.children.length;
}

function reviewRow(question) {
  const row = document.getElementById("review-row").content.firstElementChild.cloneNode(true);
  const answers = ticked(question).map(labelOf);
  row.querySelector("dt").textContent = question.dataset.shortText;
  if (answers.length) row.querySelector("dd").textContent = answers.join("\n");
  row.querySelector("a").href = `#${question.id}`;
  row.querySelector(".review__prompt").textContent = headingOf(question).textContent;
  return row;
}

// ---- The sheet

const SHEET = "sheet";
const given = () => String(sentBy(form));

function isAtSheet() {
  const id = location.hash.slice(1);
  return id === SHEET || Boolean(id && sheet?.main.querySelector(`[id="${CSS.escape(id)}"]`));
}

// The sheet is always that of the answers as they are now: a place in the history never brings old answers back.
async function arriveAtSheet() {
  if (shown === sheet && sheet.answers === given()) {
    return history.state ?? history.replaceState({}, ""); // a link within the sheet
  }
  if (sheet?.answers !== given()) {
    show(checkAnswers);
    if (!ticked(form).length || !(await makeSheet())) return stayWithAnswers();
    if (!isAtSheet()) return; // gone elsewhere in the meantime
  }
  showView(sheet);
  history.scrollRestoration = "auto";
  sheet.main.querySelector("h1").focus({ preventScroll: true });
}

function stayWithAnswers() {
  if (isAtSheet()) history.replaceState(null, "", `#${checkAnswers.id}`);
  arrive();
}

// Returns whether there is a sheet now. If not, the reader sees why.
async function makeSheet() {
  const answers = given();
  if (sheet?.answers === answers) return true;
  const both = () => Promise.all([send(sentBy(form), form.action), import("./sheet.js")]);
  const [page, more] = await waiting(form.querySelectorAll(".wait"), both).catch(() => []);
  if (page?.querySelector("article.sheet")) {
    const made = { ...viewOf(page), answers };
    more.prepare(made.main, sheet?.main);
    ({ isFurther } = more);
    sheet?.main.remove();
    sheet = made;
    return true;
  }
  if (page?.querySelector("form.questions")) {
    replace(view, viewOf(page));
    start();
  }
  return false;
}

async function askForSheet() {
  if (busy) return;
  busy = true;
  const asking = form;
  const made = await makeSheet();
  busy = false;
  if (made) go(SHEET);
  else if (asking === form) sendOrdinarily();
}

// The sheet of the answers that another view sends: the ticks become these.
export function openSheet(sent) {
  for (const input of screens.flatMap(inputs)) input.checked = sent.getAll(input.name).includes(input.value);
  go(SHEET);
}

// As without a script: the browser then says what is wrong with the line.
function sendOrdinarily() {
  leaving = true;
  form.submit();
}

// ---- What the reader does

function step(by) {
  const open = asked();
  go(open[open.indexOf(current) + by].id);
}

function onward() {
  if (tooMany(current)) current.querySelector(".too-many").focus();
  else if (history.state?.returnTo) go(history.state.returnTo);
  else step(1);
}

// "None of these" and "I don't know" stand alone: ticking one takes the others away, and the other way round.
function keepExclusive(input) {
  if (input.type !== "checkbox" || !input.checked) return;
  for (const other of inputs(input.closest(".question"))) {
    if (other !== input && ("exclusive" in input.dataset || "exclusive" in other.dataset)) other.checked = false;
  }
}

// A tick too many stays where it is, with a word about it: which one to take away, only the reader knows.
const tooMany = (question) => ticked(question).length > (question.dataset.atMost ?? Infinity);

// A changed answer is no longer the one that was wrong.
function forgetProblem(question) {
  document.getElementById(`${question.id}-error`)?.remove();
  question.querySelector(".govuk-form-group--error")?.classList.remove("govuk-form-group--error");
  problems?.querySelector(`a[href="#${question.id}-0"]`)?.parentElement.remove();
  if (problems && !problems.querySelector("li")) problems.remove();
}

function changed(question) {
  forgetProblem(question);
  update();
}

function listen() {
  form.addEventListener("change", ({ target }) => {
    if (!target.name) return;
    keepExclusive(target);
    changed(target.closest(".question"));
  });
  button("clear").addEventListener("click", () => {
    for (const input of ticked(current)) input.checked = false;
    changed(current);
    headingOf(current).focus();
  });
  button("next").addEventListener("click", onward);
  button("done").addEventListener("click", onward);
  for (const back of form.querySelectorAll(".back")) back.addEventListener("click", () => step(-1));
  // The Enter key in a question sends a form; here it goes on.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isQuestion(current)) onward();
    else askForSheet();
  });
}

function listenToDocument() {
  // Some browsers forget the ticks on a reload, and we keep none. So ask before answers are lost by accident: not after a
  // link, as the way back finds them, and not when they are on paper or in a file.
  addEventListener("beforeunload", (event) => {
    const kept = shown !== view && sheet?.kept;
    if (!leaving && !kept && ticked(form).length) event.preventDefault();
  });
  addEventListener("submit", ({ submitter, defaultPrevented }) => {
    if (submitter?.name === "length" && sheet) sheet.kept = true;
    else leaving = !defaultPrevented && !submitter?.formTarget;
  });
  addEventListener("beforeprint", () => {
    if (sheet) sheet.kept = true;
  });
  document.addEventListener("click", (event) => {
    const { target } = event;
    const way = target.closest("a");
    leaving = Boolean(way && !way.target && way.pathname !== location.pathname);
    const change = shown === sheet && target.closest("[data-change]");
    const link = target.closest(".review a, #problems a, #answer-more .actions a");
    if (!link && !change) return;
    event.preventDefault();
    if (change) go(checkAnswers.id);
    else go(link.hash.slice(1), link.closest(".actions") ? null : { returnTo: isQuestion(current) ? checkAnswers.id : current.id });
  });
  addEventListener("popstate", arrive);
  // Coming back to the page: browsers give back the ticks as late as this.
  addEventListener("pageshow", () => {
    leaving = false;
    update();
    if (location.pathname === address && isAtSheet()) arrive();
  });
}

// ---- From one long form to screens

// Once for each form that the document shows. A browser that lacks what is needed on the way keeps the long form, with
// all its words.
export function start() {
  if (!document.body.replaceChildren) return; // the newest of it
  if (!view) listenToDocument();
  else if (view !== shown) view.main.remove();
  sheet?.main.remove();
  [view, sheet, current] = [shown, null, null];
  form = document.querySelector("form.questions");
  // "Clear my answer" takes the place of "No answer". It stays in the form, because browsers restore ticks by their order.
  for (const choice of form.querySelectorAll(".no-answer")) {
    choice.hidden = true;
    choice.querySelector("input").checked = false;
  }
  screens = [...form.querySelectorAll(".question, .screen")];
  [answerMore, checkAnswers] = form.querySelectorAll(".screen");
  problems = document.getElementById("problems");
  remarks = view.main.querySelectorAll("#problems, .notice"); // about all answers: they stand beside their list
  medicines = [...form.querySelectorAll(".medicines")].map((part) => {
    const question = part.closest(".question");
    return listMedicines(question, document.getElementById(question.dataset.namedIn));
  });
  [title, address] = [document.title, location.pathname];
  listen();
  document.documentElement.classList.add("steps");
  for (const list of form.querySelectorAll(".review")) list.hidden = false;
  for (const screen of screens) {
    headingOf(screen).tabIndex = -1;
    if (isQuestion(screen)) headingOf(screen).setAttribute("aria-describedby", "progress");
  }
  show(isAtSheet() ? checkAnswers : screenOfAddress());
}

// Questions that came within another page.
export function open(next, hash, how = "pushState") {
  history[how](null, "", `${next.main.querySelector("form.questions").dataset.address}#${hash}`);
  paths.add(location.pathname);
  showView(next);
  start();
  arrive();
}

if (document.querySelector("form.questions")) start();
