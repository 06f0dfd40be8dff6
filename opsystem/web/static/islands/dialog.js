// Buttons with `commandfor` and `command` open and close dialogs by themselves in browsers of 2026; this teaches
// older ones the same, closes a sheet on a click beside it, and asks before typed words are thrown away.
const BUTTON = "button[commandfor]";

if (!("command" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(BUTTON);
    if (!button) return;
    const dialog = document.getElementById(button.getAttribute("commandfor"));
    if (button.getAttribute("command") === "show-modal") dialog.showModal();
    else dialog.close();
  });
}

document.addEventListener("click", (event) => {
  const dialog = event.target;
  if (dialog instanceof HTMLDialogElement && dialog.open && dialog.matches(".sheet, .ask")) {
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside && !isDirty(dialog)) dialog.close();
  }
});

function isDirty(dialog) {
  return [...dialog.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")]
    .some((field) => field.value !== field.defaultValue && !dialog.matches(".ask"));
}
