// <op-arrival page="/b/7/start/archive" arrival size next>: sends one large file part by part. A part that is lost is
// sent again; after a reload the same file goes on where it was. At the end the page is fetched anew.
const PATIENCE = [1, 2, 5, 10, 20, 30];

customElements.define("op-arrival", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.line = this.querySelector(".progress-line");
    this.alert = this.querySelector("[role=alert]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(this.form.querySelector("[type=file]").files[0]);
    });
  }

  async send(file) {
    if (!file) return;
    this.alert.hidden = true;
    this.form.hidden = true;
    this.line.hidden = false;
    try {
      const begun = await this.begin(file);
      let at = begun.next;
      while (at < file.size) {
        this.show(at, file.size);
        at = await this.part(`${this.getAttribute("page")}/${begun.arrival}/${at}`, file.slice(at, at + begun.part));
      }
      location.assign(this.getAttribute("page"));
    } catch (error) {
      this.alert.textContent = error.message;
      this.alert.hidden = false;
      this.form.hidden = false;
      this.line.hidden = true;
    }
  }

  async begin(file) {
    const size = Number(this.getAttribute("size"));
    if (size === file.size) {
      return { arrival: this.getAttribute("arrival"), next: Number(this.getAttribute("next")), part: 2 ** 21 };
    }
    const body = new FormData(this.form);
    body.set("size", file.size);
    const begun = await this.post(this.form.action, body);
    for (const name of ["arrival", "next"]) this.setAttribute(name, begun[name]);
    this.setAttribute("size", file.size);
    return begun;
  }

  async part(address, data) {
    for (const wait of PATIENCE) {
      try {
        const { next } = await this.post(address, data);
        this.setAttribute("next", next);
        return next;
      } catch (error) {
        if (error.final) throw error;
        await new Promise((go) => setTimeout(go, wait * 1000));
      }
    }
    throw new Error("The connection broke. Send it again to go on where it was.");
  }

  async post(address, body) {
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Upload": "1" } });
    if (answer.ok) return answer.json();
    const text = await answer.text();
    const error = new Error(this.reason(text));
    error.final = answer.status < 500;
    throw error;
  }

  reason(text) {
    try {
      return JSON.parse(text).problem;
    } catch {
      return text.length < 300 ? text : "This was not taken. Load the page again.";
    }
  }

  show(at, size) {
    const percent = Math.floor((100 * at) / size);
    this.line.querySelector("progress").value = percent;
    this.line.querySelector("[data-says]").textContent = `${percent} %`;
  }
});
