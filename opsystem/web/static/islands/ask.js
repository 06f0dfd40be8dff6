// <op-ask search="/b/7/search">: one field to search, to go somewhere and to ask. Places of the menu answer at once,
// records after a short pause from the server as a fragment. Without it the links lead to the search and Ask pages.
const PAUSE = 120;
const PLACES = "Go to";

customElements.define("op-ask", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector(".ask__input");
    this.list = this.querySelector("#palette");
    this.count = this.querySelector("[data-count]");
    this.input.addEventListener("input", () => this.changed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.querySelector("[data-close]").onclick = () => this.dialog.close();
    this.querySelector(".ask__form").onsubmit = (event) => event.preventDefault();
    this.list.addEventListener("click", (event) => this.took(event));
    this.anywhere = (event) => this.summoned(event);
    for (const kind of ["keydown", "click"]) document.addEventListener(kind, this.anywhere);
  }

  disconnectedCallback() {
    for (const kind of ["keydown", "click"]) document.removeEventListener(kind, this.anywhere);
  }

  summoned(event) {
    // A dialog just closed keeps the focus until the next frame: nobody types into it any more.
    const closed = event.target.closest?.("dialog:not([open])");
    const typing = !closed && event.target.closest?.("input, textarea, select, [contenteditable]");
    const key = event.key === "k" && (event.ctrlKey || event.metaKey);
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !document.querySelector("dialog[open]");
    const link = event.type === "click" && !event.ctrlKey && !event.metaKey && event.target.closest?.("[data-ask-open]");
    if (!key && !slash && !link) return;
    event.preventDefault();
    if (!this.dialog.open) this.dialog.showModal();
    this.input.select();
    this.changed();
  }

  changed() {
    const text = this.input.value.trim();
    clearTimeout(this.timer);
    this.request?.abort();
    this.show(text, []);
    if (text) this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    this.request = new AbortController();
    try {
      const url = `${this.getAttribute("search")}?${new URLSearchParams({ q: text })}`;
      const headers = { "HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#palette" };
      const answer = await fetch(url, { headers, signal: this.request.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.show(text, [...page.body.children]);
    } catch (error) {
      if (error.name !== "AbortError") this.count.textContent = "The search does not answer. Try again.";
    }
  }

  show(text, found) {
    const places = this.places(text);
    const groups = [...found];
    const listed = found.some((group) => group.getAttribute("aria-label") === PLACES);
    if (places.length && !listed) groups[text ? "push" : "unshift"](this.group(PLACES, places));
    if (text) groups.push(this.row("[data-ask]", `Ask Claude: ${text}`, "#"));
    this.list.replaceChildren(...groups);
    const rows = this.rows();
    rows.forEach((row, at) => (row.id = `palette-${at}`));
    this.count.textContent = rows.length === 1 ? "1 result" : `${rows.length} results`;
    this.choose(rows[0]);
  }

  places(text) {
    const wanted = text.toLowerCase();
    return [...document.querySelectorAll(".rail .nav")]
      .filter((link) => link.querySelector(".nav__label").textContent.toLowerCase().includes(wanted))
      .map((link) => {
        const row = this.row("[data-row]", link.querySelector(".nav__label").textContent, link.href);
        row.querySelector("use").setAttribute("href", link.querySelector("use").getAttribute("href"));
        return row;
      });
  }

  group(label, rows) {
    const group = document.createElement("div");
    const head = document.createElement("p");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    head.className = "ask__group";
    head.setAttribute("role", "presentation");
    head.textContent = label;
    group.append(head, ...rows);
    return group;
  }

  row(template, title, url) {
    const row = this.querySelector(`template${template}`).content.firstElementChild.cloneNode(true);
    row.querySelector(".ask__title").textContent = title;
    row.href = url;
    return row;
  }

  rows() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  choose(row) {
    for (const one of this.rows()) one.setAttribute("aria-selected", String(one === row));
    this.input.setAttribute("aria-activedescendant", row?.id ?? "");
    row?.scrollIntoView({ block: "nearest" });
    this.chosen = row;
  }

  pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const rows = this.rows();
      this.choose(rows[(rows.indexOf(this.chosen) + step + rows.length) % rows.length]);
    } else if (event.key === "Enter") {
      if (event.ctrlKey || event.metaKey) this.send();
      else this.chosen?.click();
    } else return;
    event.preventDefault();
  }

  took(event) {
    if (!event.target.closest(".ask__row--ai")) return;
    event.preventDefault();
    this.send();
  }

  send() {
    const form = this.querySelector(".ask__post");
    form.elements.question.value = this.input.value.trim();
    if (form.elements.question.value) form.requestSubmit();
  }
});
