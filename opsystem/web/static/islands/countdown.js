// <op-countdown until="2026-11-23T10:00:00+00:00" words="Leaves in {n} s" after="Leaving now">: counts the seconds
// of a hold. Without it the moment itself stands there.
customElements.define("op-countdown", class extends HTMLElement {
  connectedCallback() {
    this.until = Date.parse(this.getAttribute("until"));
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const left = Math.ceil((this.until - Date.now()) / 1000);
    if (left > 0) {
      this.textContent = this.getAttribute("words").replace("{n}", left);
      return;
    }
    clearInterval(this.timer);
    this.textContent = this.getAttribute("after");
    this.dispatchEvent(new CustomEvent("op-countdown:over", { bubbles: true }));
  }
});
