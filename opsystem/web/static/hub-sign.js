// A signature drawn with finger, pen or mouse: strokes on a field of 1000 by 400, sent as the path of an SVG.
// Without it the typed name stands for the signature.
(() => {
  "use strict";
  const MOST = 19000;

  class HubSign extends HTMLElement {
    connectedCallback() {
      this.hidden = false;
      this.field = this.querySelector("svg");
      this.input = this.querySelector("input");
      this.strokes = this.input.value.split(/(?=M)/).filter(Boolean);
      this.field.addEventListener("pointerdown", (event) => this.begin(event));
      this.field.addEventListener("pointermove", (event) => this.go(event));
      for (const end of ["pointerup", "pointercancel"]) this.field.addEventListener(end, () => (this.pen = null));
      this.addEventListener("click", (event) => {
        const act = event.target.dataset?.act;
        if (!act) return;
        this.strokes = act === "undo" ? this.strokes.slice(0, -1) : [];
        this.show();
      });
      this.show();
    }

    begin(event) {
      if (event.button > 0 || this.pen !== null && this.pen !== undefined) return;
      event.preventDefault();
      this.pen = event.pointerId;
      this.field.setPointerCapture(event.pointerId);
      const at = this.point(event);
      this.strokes.push(`M${at}L${at}`);
      this.last = at;
      this.show();
    }

    go(event) {
      if (event.pointerId !== this.pen) return;
      const at = this.point(event);
      if (at === this.last || this.input.value.length > MOST) return;
      this.last = at;
      this.strokes.push(`${this.strokes.pop()}L${at}`);
      this.show();
    }

    point(event) {
      const box = this.field.getBoundingClientRect();
      const scale = (value, size, most) => Math.max(0, Math.min(most, Math.round((value / size) * most)));
      return `${scale(event.clientX - box.left, box.width, 1000)},${scale(event.clientY - box.top, box.height, 400)}`;
    }

    show() {
      this.input.value = this.strokes.join("");
      this.field.firstElementChild.setAttribute("d", this.input.value);
    }
  }

  customElements.define("hub-sign", HubSign);
})();
