// <op-marks>: draw on a photo by dragging; the numbers of the form beside it follow, and "Draw" saves them.
// Left and right arrows go to the photo before and after. Without it the numbers are typed.
customElements.define("op-marks", class extends HTMLElement {
  connectedCallback() {
    this.over = this.querySelector(".marked__over");
    this.form = this.querySelector("form");
    document.addEventListener("keydown", this.keys = (event) => this.go(event));
    if (!this.form || !this.over) return;
    this.over.addEventListener("pointerdown", (event) => this.begin(event));
    this.over.addEventListener("pointermove", (event) => this.draw(event));
    this.over.addEventListener("pointerup", () => { this.line = null; });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
  }

  go(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const link = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (link) this.querySelector(`a[rel=${link}]`)?.click();
  }

  place(event) {
    const box = this.over.getBoundingClientRect();
    const share = (at, start, size) => Math.max(0, Math.min(1000, Math.round((1000 * (at - start)) / size)));
    return [share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)];
  }

  begin(event) {
    event.preventDefault();
    this.over.setPointerCapture(event.pointerId);
    const [x, y] = this.place(event);
    this.set({ x, y, to_x: x, to_y: y });
    this.trial?.remove();
    this.trial = document.createElementNS("http://www.w3.org/2000/svg", "line");
    this.trial.setAttribute("class", "marked__line");
    this.over.append(this.trial);
    this.line = [x, y];
  }

  draw(event) {
    if (!this.line) return;
    const [x, y] = this.place(event);
    this.set({ to_x: x, to_y: y });
    const { width, height } = this.over.viewBox.baseVal;
    const at = { x1: this.line[0] * width, y1: this.line[1] * height, x2: x * width, y2: y * height };
    for (const [name, value] of Object.entries(at)) this.trial.setAttribute(name, value / 1000);
  }

  set(values) {
    for (const [name, value] of Object.entries(values)) this.form.elements[name].value = value;
  }
});
