// The print button needs a script, so only a script shows it. Without scripts, the browser's own menu prints the page.
const print = document.getElementById("print");
print.hidden = false;
print.addEventListener("click", () => window.print());
