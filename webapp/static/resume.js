// A scanned code comes behind the "#" of the address, which browsers never send. It is taken out of the address bar and
// of the history, and goes to the server in the body of a request, as if it had been typed.
function open() {
  const code = location.hash.slice(1);
  if (!code || document.getElementById(code)) {
    return; // a link within the page
  }
  history.replaceState(null, "", location.pathname);
  document.getElementById("code").value = code;
  document.getElementById("resume").submit();
}

addEventListener("hashchange", open);
open();
