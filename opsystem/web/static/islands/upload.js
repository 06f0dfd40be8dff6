// <op-upload target="#photos">: many files at once, dropped or chosen, each with its own progress and "Try again".
// Each file goes in parts, and goes on where a cut line stopped it; afterwards the part of the page named by `target` is fetched anew.
// Without it the form sends all files together.
const AT_ONCE = 2;
const TRIES = 6;

customElements.define("op-upload", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = this.querySelector("ul");
    this.says = this.querySelector("[role=status]");
    this.waiting = [];
    this.running = 0;
    this.sent = 0;
    this.input = this.querySelector(".upload__input");
    const camera = this.querySelector(".upload__camera");
    camera.hidden = false;
    for (const input of [this.input, camera.querySelector("input")]) {
      input.addEventListener("change", () => {
        this.add([...input.files]);
        input.value = "";
      });
    }
    this.form.addEventListener("submit", (event) => event.preventDefault());
    for (const kind of ["dragenter", "dragover"]) this.addEventListener(kind, (event) => this.over(event, true));
    for (const kind of ["dragleave", "drop"]) this.addEventListener(kind, (event) => this.over(event, false));
    this.addEventListener("drop", (event) => this.add([...event.dataTransfer.files]));
  }

  over(event, on) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    this.form.classList.toggle("upload--over", on);
  }

  add(files) {
    for (const file of files) {
      const item = this.querySelector("template").content.firstElementChild.cloneNode(true);
      item.querySelector(".upload__name").textContent = file.name;
      item.querySelector("progress").setAttribute("aria-label", `${file.name}: sent`);
      const job = { file, item, id: crypto.randomUUID() };
      item.querySelector("button").onclick = () => this.again(job);
      this.list.append(item);
      this.waiting.push(job);
    }
    this.list.hidden = this.list.childElementCount === 0;
    this.next();
  }

  again(job) {
    job.item.className = "upload__item";
    job.item.querySelector("button").hidden = true;
    this.waiting.push(job);
    this.next();
  }

  next() {
    while (this.running < AT_ONCE && this.waiting.length) this.send(this.waiting.shift());
    if (!this.running && !this.waiting.length && this.sent) this.refresh();
  }

  async send(job) {
    this.running += 1;
    try {
      for (let tries = 0; ; tries += 1) {
        try {
          await this.parts(job, () => { tries = 0; });
          break;
        } catch (problem) {
          // A cut line: what arrived is kept, so it goes on from there.
          if (!(problem instanceof TypeError) || tries >= TRIES) throw problem;
          this.state(job, "Waiting for the line");
          await new Promise((wake) => setTimeout(wake, 500 * 2 ** tries));
        }
      }
      this.done(job);
    } catch (problem) {
      this.failed(job, problem instanceof TypeError ? "The connection broke." : problem.message);
    }
    this.running -= 1;
    this.next();
  }

  async parts(job, moved) {
    const { file } = job;
    const began = await this.ask("", new URLSearchParams({ key: job.id, size: file.size }));
    const bar = job.item.querySelector("progress");
    let at = began.next;
    while (at < file.size) {
      at = (await this.ask(`/${began.upload}/${at}`, file.slice(at, at + began.part))).next;
      moved();
      bar.value = (100 * at) / file.size;
      this.state(job, at < file.size ? `${Math.round(bar.value)} %` : "Saving");
    }
    const body = new URLSearchParams([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
    body.set("name", file.name);
    await this.ask(`/${began.upload}/done`, body);
  }

  async ask(path, body) {
    const token = this.form.elements.csrfmiddlewaretoken?.value ?? "";
    const headers = { "X-CSRFToken": token, "X-Upload": "1" };
    if (body instanceof Blob) headers["Content-Type"] = "application/octet-stream";
    const answer = await fetch(this.getAttribute("parts") + path, { method: "POST", headers, body });
    if (answer.status === 204) return null;
    if (answer.status >= 502) throw new TypeError("no answer");
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.problem || "This file was not taken.");
    return told;
  }

  done(job) {
    this.sent += 1;
    job.item.classList.add("upload__item--done");
    this.state(job, "Added");
    this.says.textContent = `${job.file.name} was added`;
  }

  failed(job, reason) {
    job.item.classList.add("upload__item--failed");
    job.item.querySelector("button").hidden = false;
    this.state(job, reason);
    this.says.textContent = `${job.file.name}: ${reason}`;
  }

  state(job, words) {
    job.item.querySelector(".upload__state").textContent = words;
  }

  async refresh() {
    this.sent = 0;
    const target = this.getAttribute("target");
    if (!target || !document.querySelector(target)) return location.reload();
    await window.htmx.ajax("GET", location.href, { target, swap: "outerHTML", select: target });
    for (const item of this.list.querySelectorAll(".upload__item--done")) item.remove();
    this.list.hidden = this.list.childElementCount === 0;
    return null;
  }
});
