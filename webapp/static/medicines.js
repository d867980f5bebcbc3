// Finding a medicine in a long list: first those ticked in an earlier question, then by typing a name or a brand.

const LETTERS_BEFORE_AN_ERROR_IS_FORGIVEN = 4;
const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

// Every text that a reader may begin to type: each name from each of its words on.
const beginnings = (names) =>
  names.flatMap((name) => name.split(/[\s-]+/).map((_, from, words) => plain(words.slice(from).join(""))));

// The least number of typing errors (a letter wrong, missing, too much, or two swapped) with which `typed` begins `name`.
export function errors(typed, name) {
  let before = [];
  let above = [...Array(name.length + 1).keys()];
  for (let row = 1; row <= typed.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= name.length; column += 1) {
      const same = typed[row - 1] === name[column - 1];
      here[column] = Math.min(above[column] + 1, here[column - 1] + 1, above[column - 1] + (same ? 0 : 1));
      if (typed[row - 1] === name[column - 2] && typed[row - 2] === name[column - 1])
        here[column] = Math.min(here[column], before[column - 2] + 1);
    }
    [before, above] = [above, here];
  }
  return Math.min(...above);
}

export function fits(typed, names) {
  const wanted = plain(typed);
  const forgiven = wanted.length < LETTERS_BEFORE_AN_ERROR_IS_FORGIVEN ? 0 : 1;
  return beginnings(names).some((beginning) => errors(wanted, beginning) <= forgiven);
}

// `earlier` is the question in which medicines may have been named before, if there is one.
export function listMedicines(question, earlier) {
  const part = question.querySelector(".medicines");
  const [field, showAll, status] = ["input", "button", "[role=status]"].map((selector) => part.querySelector(selector));
  const items = [...question.querySelectorAll("[data-names]")];
  const inputOf = (item) => item.querySelector("input");
  let all = false;

  // What is ticked is never out of sight.
  function update() {
    const named = earlier ? items.filter((item) => earlier.querySelector(`[value="${inputOf(item).value}"]:checked`)) : [];
    const few = named.length > 0 && !all;
    for (const item of items) {
      const found = few ? named.includes(item) : fits(field.value, item.dataset.names.split("|"));
      item.hidden = !found && !inputOf(item).checked;
    }
    part.querySelector(".medicines__find").hidden = few;
    part.querySelector(".medicines__before").hidden = !few;
    showAll.hidden = !items.some((item) => item.hidden);
    if (!showAll.hidden || status.textContent) say(items.filter((item) => !item.hidden).length);
  }

  function say(shown) {
    const text = part.querySelector("template").content.cloneNode(true);
    const numbers = [shown, items.length];
    text.querySelectorAll("b").forEach((place, index) => (place.textContent = numbers[index]));
    if (status.textContent !== text.textContent) status.replaceChildren(text);
  }

  field.addEventListener("input", update);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would go on to the next question
  });
  showAll.addEventListener("click", () => {
    all = true;
    field.value = "";
    update();
    field.focus();
  });
  part.hidden = false;
  return { update };
}
