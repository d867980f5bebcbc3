// The same form, one question at a time. Nothing is stored or sent from here: the answers are the form's own ticks, and
// the place in the form is the part of the address behind "#", which the browser keeps to itself.
import { listMedicines } from "./medicines.js";
import "./settle.js";

const form = document.querySelector("form.questions");
const screens = [...form.querySelectorAll(".question, .screen")];
const [answerMore, checkAnswers] = form.querySelectorAll(".screen");
const problems = document.getElementById("problems");
const remarks = document.querySelectorAll("#problems, main .notice"); // about all answers: they stand beside their list
const button = (id) => document.getElementById(id);
const title = document.title;
const medicines = [...form.querySelectorAll(".medicines")].map((part) => {
  const question = part.closest(".question");
  return listMedicines(question, document.getElementById(question.dataset.namedIn));
});
let current = null;
let leaving = false;

const isQuestion = (screen) => screen.matches(".question");
const inputs = (question) => [...question.querySelectorAll("input[name]")];
const ticked = (question) => inputs(question).filter((input) => input.checked);
const labelOf = (input) => input.labels[0].textContent;
const headingOf = (screen) => screen.querySelector("h2, h3");

// ---- Which questions are asked

// What a condition comes to: true, false, or null for unknown, as the rules count (strong Kleene logic). `known` gives,
// for a question, the options that are certainly chosen and those that may be.
export function judge(condition, known) {
  if (condition.not) {
    const truth = judge(condition.not, known);
    return truth === null ? null : !truth;
  }
  const parts = condition.any ?? condition.all;
  if (parts) {
    const decisive = Boolean(condition.any);
    const truths = parts.map((part) => judge(part, known));
    if (truths.includes(decisive)) return decisive;
    return truths.includes(null) ? null : !decisive;
  }
  const { certain, possible } = known(condition.question);
  const count = (chosen) => condition.options.filter((option) => chosen.includes(option)).length;
  if (count(certain) >= condition.count) return true;
  return count(possible) < condition.count ? false : null;
}

// Of a question that is not asked, no option is possible; of one left open, each is.
function known(id) {
  const question = document.getElementById(id);
  if (!isAsked(question)) return { certain: [], possible: [] };
  const values = (chosen) => chosen.filter((input) => !("unknown" in input.dataset)).map((input) => input.value);
  const certain = values(ticked(question));
  return { certain, possible: certain.length ? certain : values(inputs(question)) };
}

// A question with a problem is shown, even if other answers make it pointless: the problem has to be seen.
function isAsked(screen) {
  const condition = screen.dataset.enableWhen;
  return !condition || screen.querySelector(".govuk-form-group--error") || judge(JSON.parse(condition), known) !== false;
}

const asked = () => screens.filter(isAsked);
const isMain = (screen) => screens.indexOf(screen) < screens.indexOf(answerMore);

// ---- Where the reader is

const screenWith = (element) => element?.closest(".question, .screen");

// The screen that the address names. Where that is a question not asked, the next one that is.
function screenOfAddress() {
  const named = screenWith(document.getElementById(location.hash.slice(1)));
  const wanted = named ?? (location.hash && current ? current : begunAt());
  return screens.slice(screens.indexOf(wanted)).find(isAsked);
}

// Whoever has begun to fill in the long form, before the script came, goes on where they are.
function begunAt() {
  const inSight = (screen) => screen.getBoundingClientRect().bottom > innerHeight / 2;
  const begun = screenWith(document.activeElement) ?? (scrollY > 0 && screens.find(inSight));
  return begun || ("filledIn" in form.dataset ? checkAnswers : screens[0]);
}

function go(id, state = null) {
  history.pushState(state, "", `#${id}`);
  arrive();
}

function arrive() {
  show(screenOfAddress());
  const named = document.getElementById(location.hash.slice(1));
  if (screenWith(named) && !current.contains(named)) history.replaceState(history.state, "", `#${current.id}`);
  const target = named?.matches("input") ? named : headingOf(current);
  target.focus({ preventScroll: true });
  if (target === named) target.scrollIntoView({ block: "center" });
  else scrollTo(0, 0);
}

function show(screen) {
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
    leaving = !isQuestion(current);
    if (leaving) return;
    event.preventDefault();
    onward();
  });
  // Some browsers forget the ticks on a reload, and we keep none. So ask before answers are lost by accident. After a
  // link or the sheet, the way back finds them as they were.
  addEventListener("beforeunload", (event) => {
    if (!leaving && form.querySelector("input:checked")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    leaving = Boolean(event.target.closest("a"));
    const link = event.target.closest(".review a, #problems a, #answer-more .actions a");
    if (!link) return;
    event.preventDefault();
    go(link.hash.slice(1), link.closest(".actions") ? null : { returnTo: isQuestion(current) ? checkAnswers.id : current.id });
  });
  addEventListener("popstate", arrive);
  // Coming back to the page: browsers give back the ticks as late as this.
  addEventListener("pageshow", () => {
    leaving = false;
    update();
  });
}

// ---- From one long form to screens

// A browser that lacks what is needed on the way keeps the long form, with all its words.
function start() {
  if (!form.replaceChildren) return; // the newest of it
  listen();
  history.scrollRestoration = "manual";
  document.documentElement.classList.add("steps");
  for (const list of form.querySelectorAll(".review")) list.hidden = false;
  for (const screen of screens) {
    headingOf(screen).tabIndex = -1;
    if (isQuestion(screen)) headingOf(screen).setAttribute("aria-describedby", "progress");
  }
  show(screenOfAddress());
}

start();
