// <op-list>: J and K (or the arrow keys on a row) walk the rows, Enter opens. The rows are links: Tab works too.
customElements.define("op-list", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && event.target.matches(".row__link")) {
        event.preventDefault();
        this.walk(step);
      }
    });
  }

  walk(step) {
    const links = [...this.querySelectorAll(".row__link")];
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
});

document.addEventListener("op-keys:walk", (event) => {
  const list = document.activeElement.closest("op-list") ?? document.querySelector("main op-list");
  list?.walk(event.detail);
});
