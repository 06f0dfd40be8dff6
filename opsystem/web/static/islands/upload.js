// <op-upload target="#photos">: many files at once, dropped or chosen, each with its own progress and "Try again".
// Sends one file a request; afterwards the part of the page named by `target` is fetched anew.
// Without it the form sends all files together.
const AT_ONCE = 2;

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

  send(job) {
    this.running += 1;
    const bar = job.item.querySelector("progress");
    const body = new FormData(this.form);
    body.delete(this.input.name);
    body.set("request_id", job.id);
    body.set(this.input.name, job.file, job.file.name);
    const call = new XMLHttpRequest();
    call.open("POST", this.form.action);
    call.setRequestHeader("X-Upload", "1");
    call.upload.onprogress = (event) => {
      bar.value = (100 * event.loaded) / event.total;
      this.state(job, event.loaded < event.total ? `${Math.round(bar.value)} %` : "Saving");
    };
    call.onerror = () => this.failed(job, "The connection broke.");
    call.onload = () => (call.status < 400 ? this.done(job) : this.failed(job, this.reason(call)));
    call.onloadend = () => {
      this.running -= 1;
      this.next();
    };
    call.send(body);
  }

  reason(call) {
    const plain = call.getResponseHeader("Content-Type")?.startsWith("text/plain");
    return plain && call.responseText ? call.responseText : "This file was not taken.";
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
