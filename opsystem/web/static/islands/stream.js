// <op-stream src="/b/7/ask/3/events?after=12" refresh="/b/7/ask/3">: what happens in a running turn, as it happens.
// Words of the model enter the page as text nodes only. When the turn ends the server's own rendering replaces all.
// The stream carries ids: after a break it goes on where it stopped. Without it the page has a link that reloads.
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30000;

customElements.define("op-stream", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".chat__list");
    this.pause = FIRST_PAUSE;
    this.last = "";
    if (this.getAttribute("src")) this.open();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.source?.close();
  }

  open() {
    const url = new URL(this.getAttribute("src"), location.href);
    if (this.last) url.searchParams.set("after", this.last);
    this.source = new EventSource(url);
    const on = (kind, act) => this.source.addEventListener(kind, (event) => {
      this.last = event.lastEventId || this.last;
      this.pause = FIRST_PAUSE;
      act(JSON.parse(event.data || "{}"));
    });
    on("turn.start", () => this.turn());
    on("text.delta", (data) => this.write(data.text));
    on("tool.start", (data) => this.start(data));
    on("tool.done", (data) => this.done(data));
    on("approval", (data) => this.place(data.url));
    on("turn.end", () => this.finish());
    this.source.onerror = () => this.broken();
  }

  // EventSource comes back by itself from a broken line, but gives up on an answer that is no stream.
  broken() {
    if (this.source.readyState !== EventSource.CLOSED) return;
    this.timer = setTimeout(() => this.open(), this.pause * (0.5 + Math.random()));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  part(name) {
    return this.querySelector(`template[data-part=${name}]`).content.firstElementChild.cloneNode(true);
  }

  turn() {
    this.body = null;
    this.status("Claude is working");
  }

  answer() {
    if (!this.body) {
      const said = this.part("turn");
      this.list.append(said);
      this.body = said.querySelector(".said__body");
    }
    return this.body;
  }

  write(text) {
    const near = innerHeight + scrollY > document.documentElement.scrollHeight - 160;
    let words = this.answer().lastElementChild;
    if (!words?.matches(".said__text")) {
      words = document.createElement("p");
      words.className = "said__text";
      this.body.append(words);
    }
    words.append(text);
    if (near) scrollTo(0, document.documentElement.scrollHeight);
  }

  start({ key, label, icon }) {
    const line = this.part("tool");
    line.dataset.key = key;
    line.dataset.icon = icon ?? "";
    line.querySelector(".tool__label").textContent = label;
    this.answer().append(line);
    this.status(label);
  }

  done({ key, summary, failed }) {
    const line = this.querySelector(`.tool[data-key="${CSS.escape(key)}"]`);
    if (!line) return;
    line.classList.replace("tool--running", failed ? "tool--failed" : "tool--done");
    line.querySelector(".tool__summary").textContent = summary ?? "";
    const picture = line.querySelector("use");
    const icon = failed ? "circle-alert" : line.dataset.icon || "check";
    picture.setAttribute("href", picture.getAttribute("href").replace(/#.*/, `#${icon}`));
  }

  place(url) {
    const spot = document.createElement("div");
    this.answer().append(spot);
    window.htmx.ajax("GET", url, { target: spot, swap: "innerHTML" });
  }

  async finish() {
    this.source.close();
    const url = this.getAttribute("refresh");
    if (url) await window.htmx.ajax("GET", url, { target: this, swap: "outerHTML", select: `#${this.id}` });
  }

  status(words) {
    const place = this.querySelector("[data-status]");
    if (place) place.textContent = words;
  }
});
