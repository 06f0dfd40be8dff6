// <op-theme>: changes the theme at once and stores the choice in the background. Without it the form does the same.
customElements.define("op-theme", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.choose(event.submitter.value);
    });
  }

  async choose(theme) {
    const before = document.documentElement.dataset.theme;
    this.show(theme);
    const body = new FormData(this.form);
    body.set("theme", theme);
    const answer = await fetch(this.form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) this.show(before);
  }

  show(theme) {
    document.documentElement.dataset.theme = theme;
    for (const button of document.querySelectorAll("op-theme button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  }
});
