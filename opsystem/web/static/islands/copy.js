// <op-copy text="C-12">: copies its text and says so. Without it the text can still be marked.
customElements.define("op-copy", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.onclick = async () => {
      await navigator.clipboard.writeText(this.getAttribute("text"));
      const label = button.getAttribute("aria-label");
      this.classList.add("copy--done");
      button.setAttribute("aria-label", "Copied");
      setTimeout(() => {
        this.classList.remove("copy--done");
        button.setAttribute("aria-label", label);
      }, 1600);
    };
  }
});
