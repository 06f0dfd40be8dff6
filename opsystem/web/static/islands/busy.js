// A form that was sent shows it on its button after 300 ms and is not sent twice meanwhile. The request id of the
// form makes a second sending harmless anyway; this only spares the person the doubt.
const WAIT = 300;

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button) return;
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post") return;
  form.dataset.sent = "yes";
  setTimeout(() => form.dataset.sent && mark(button), WAIT);
});

function mark(button) {
  button.setAttribute("aria-busy", "true");
  button.dataset.busy = "";
}

function rest(root) {
  for (const form of root.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of root.querySelectorAll("[data-busy]")) {
    button.removeAttribute("aria-busy");
    delete button.dataset.busy;
  }
}

addEventListener("pageshow", () => rest(document));
document.addEventListener("htmx:finally:request", () => rest(document));

// Ctrl+Enter sends from a message box.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("[data-send]")) {
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector(".btn--primary"));
  }
});
