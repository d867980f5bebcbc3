import { shown } from "./views.js";

export { isFurther } from "./follow.js";

// Make a sheet ready that has just come: `main` is the main part of its page. `before` is that of the sheet whose place
// it takes, if there is one: what somebody typed there stays.
export function prepare(main, before) {
  for (const field of before?.querySelectorAll("textarea") ?? []) {
    main.querySelector(`#${field.id}`).value = field.value;
  }
  main.querySelector("h1").tabIndex = -1;
  listPrint(main);
  listPicks(main);
  // The way back to the tiles closes the parts that are open, so that the tiles are together again.
  main.querySelector(".to-parts a").addEventListener("click", () => {
    for (const part of main.querySelectorAll(".tile[open]")) {
      part.open = false;
    }
  });
}

// Without scripts the browser's own menu prints the page, and the questions that somebody chose come with a new page.
function listPrint(main) {
  main.querySelector("#print").addEventListener("click", () => window.print());
}

// With scripts the questions change at once, so that own words on the page are kept. The lists are what the PDF is sent.
function listPicks(main) {
  const lists = [...main.querySelectorAll("select[name=pick]")];
  const lines = main.querySelector("#visit").children;
  const because = new Map([...(lists[0]?.options ?? [])].map((option) => [option.value, option.dataset.because]));
  let before = lists.map((list) => list.value);

  function show() {
    const chosen = lists.map((list) => list.selectedOptions[0]).filter((option) => option.value);
    [...lines].forEach((line, place) => {
      line.hidden = place >= chosen.length;
      if (!line.hidden) {
        line.querySelector(".visit__text").textContent = chosen[place].textContent;
        line.querySelector(".visit__because").textContent = because.get(chosen[place].value);
      }
    });
  }

  for (const list of lists) {
    list.addEventListener("change", () => {
      const place = lists.indexOf(list);
      // A question that has another place already changes places with the one that it takes the place of.
      lists.forEach((other) => {
        if (other !== list && other.value === list.value && list.value) {
          other.value = before[place];
        }
      });
      before = lists.map((each) => each.value);
      show();
    });
  }
  // Some browsers bring a choice back after a reload: the lines then follow it.
  if (lists.length) {
    addEventListener("pageshow", show);
  }
  for (const button of main.querySelectorAll(".choose button")) {
    button.hidden = true;
  }
}

// A number in brackets leads into a part that may be closed.
document.addEventListener("click", (event) => {
  const hash = event.target.closest?.("a.ref")?.hash;
  const part = hash && document.querySelector(hash)?.closest("details");
  if (part) {
    part.open = true;
  }
});

// Paper has no folds. The style sheet unfolds them where the browser lets it; where not, they are opened to be printed.
if (!CSS.supports("selector(::details-content)")) {
  window.addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll(".paper details:not(.no-print)")) {
      part.open = true;
    }
  });
}

if (document.querySelector("article.sheet")) {
  prepare(shown.main);
}
