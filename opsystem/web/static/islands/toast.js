// <op-toast>: goes after 8 seconds; the clock stands while pointer or focus is on it or the tab is hidden.
// A toast with `stays` waits to be closed. Z takes back what the newest toast tells of.
const LIFE = 8000;

customElements.define("op-toast", class extends HTMLElement {
  connectedCallback() {
    this.left = LIFE;
    this.holds = new Set();
    const close = this.querySelector(".toast__close");
    close.hidden = false;
    close.onclick = () => this.remove();
    for (const [start, end] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]]) {
      this.addEventListener(start, () => this.hold(start));
      this.addEventListener(end, () => this.release(start));
    }
    this.seen = () => (document.hidden ? this.hold("tab") : this.release("tab"));
    document.addEventListener("visibilitychange", this.seen);
    this.seen();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
  }

  hold(reason) {
    if (!this.holds.size && this.since) this.left -= performance.now() - this.since;
    this.since = 0;
    this.holds.add(reason);
    clearTimeout(this.timer);
  }

  release(reason) {
    this.holds.delete(reason);
    if (this.holds.size || this.hasAttribute("stays")) return;
    this.since = performance.now();
    this.timer = setTimeout(() => this.remove(), Math.max(this.left, 1500));
  }
});

document.addEventListener("op-keys:undo", () => {
  const forms = document.querySelectorAll("op-toast form[data-undo]");
  const form = forms[forms.length - 1];
  form?.requestSubmit(form.querySelector("button"));
});
