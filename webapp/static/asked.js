// Which questions are asked, by the answers to others.

export const isQuestion = (screen) => screen.matches(".question");
export const inputs = (question) => [...question.querySelectorAll('input[name]:not([value=""])')];
export const ticked = (question) => inputs(question).filter((input) => input.checked);

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
export function isAsked(screen) {
  const condition = screen.dataset.enableWhen;
  return !condition || screen.querySelector(".govuk-form-group--error") || judge(JSON.parse(condition), known) !== false;
}
