// <op-keys>: G then a letter goes to a place of the menu, J and K walk a list, Z takes back, ? shows all keys.
// Off while typing; single letters can be switched off in the list of keys (WCAG 2.1.4), kept in this browser only.
const SWITCH = "opsystem.single-keys";
const PAIR = 1200;

customElements.define("op-keys", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.box = this.querySelector("input");
    this.box.checked = localStorage.getItem(SWITCH) !== "off";
    this.box.onchange = () => localStorage.setItem(SWITCH, this.box.checked ? "on" : "off");
    this.querySelector("[data-close]").onclick = () => this.dialog.close();
    this.listener = (event) => this.pressed(event);
    document.addEventListener("keydown", this.listener);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listener);
  }

  pressed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "?") {
      this.dialog.showModal();
    } else if (this.box.checked && !document.querySelector("dialog[open], :popover-open")) {
      if (!this.act(event.key.toLowerCase())) return;
    } else return;
    event.preventDefault();
  }

  act(key) {
    const went = this.waiting && performance.now() - this.waiting < PAIR;
    this.waiting = key === "g" && !went ? performance.now() : 0;
    if (went) {
      const place = document.querySelector(`.rail [data-key="${CSS.escape(key)}"]`);
      place?.click();
      return Boolean(place);
    }
    const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
    if (key === "j") tell("op-keys:walk", 1);
    else if (key === "k") tell("op-keys:walk", -1);
    else if (key === "z") tell("op-keys:undo");
    else return key === "g";
    return true;
  }
});

// A dialog just closed keeps the focus until the next frame: nobody types into it any more.
function isTyping(element) {
  if (element.closest?.("dialog:not([open])")) return false;
  return element.closest?.("input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]");
}
