// <op-board>: places visits. What is picked up is shown as a ghost in the lane it would go to; a drop sends the
// form #place, and the answer is the board as it is then, with a line about what came of it. Dragging is in drag.js,
// keys in keys.js. Without this the board is read, and "Move" is a page.
const STEP = 15;

customElements.define("op-board", class extends HTMLElement {
  connectedCallback() {
    this.form = document.getElementById("place");
    this.says = document.getElementById("board-says");
    this.first = Number(this.dataset.first ?? 0);
    if (this.form) {
      this.mend = new MutationObserver(() => this.held || this.grips());
      this.mend.observe(this.querySelector("#board"), { childList: true, subtree: true });
      this.grips();
      document.dispatchEvent(new CustomEvent("op-board:ready", { detail: this }));
    }
    this.listen();
  }

  disconnectedCallback() {
    this.mend?.disconnect();
    this.events?.close();
  }

  get timed() { return this.dataset.view === "day" && matchMedia("(min-width: 640px)").matches; }
  get lanes() { return [...this.querySelectorAll(".blane")]; }

  grips() {
    if (this.dataset.view !== "day") return;
    for (const one of this.querySelectorAll(".bv[data-visit]:not(:has(.bv__grip))")) {
      const grip = document.createElement("span");
      grip.className = "bv__grip";
      one.append(grip);
    }
  }

  // Another one changed something: the board is asked for again, unless a visit is in the hand just now.
  listen() {
    this.events = new EventSource(this.dataset.live);
    this.events.addEventListener("changed", () => {
      if (this.held) this.stale = true;
      else this.refresh();
    });
  }

  async refresh() {
    this.stale = false;
    const answer = await fetch(this.dataset.again, { headers: { "HX-Request": "true", "HX-Target": "div#board" } });
    const inside = await answer.text();
    if (!answer.ok || !this.isConnected) return;
    if (this.held) return void (this.stale = true);
    const at = document.activeElement?.closest?.("[data-visit]")?.dataset.visit;
    this.querySelector("#board").innerHTML = inside;
    this.focusOn(at);
  }

  focusOn(visit) {
    if (visit) this.querySelector(`[data-visit="${CSS.escape(visit)}"] a`)?.focus({ preventScroll: true });
  }

  pick(item) {
    const lane = item.closest(".blane");
    const number = (name) => Number([...item.classList].find((one) => one.startsWith(name))?.slice(2) ?? 1);
    this.held = { item, lane, row: number("r-"), rows: number("s-"), from: lane, was: [number("r-"), number("s-")] };
    this.ghost = item.cloneNode(true);
    this.ghost.removeAttribute("data-visit");
    this.ghost.classList.remove("bv--bad");
    this.ghost.classList.add("ghost");
    this.ghost.querySelector("a")?.setAttribute("tabindex", "-1");
    item.classList.add("moving");
    this.classList.add("dragging");
    this.show();
  }

  // Shows the ghost where the visit would go.
  show() {
    const { lane, row, rows } = this.held;
    const list = lane.querySelector("ol") ?? lane;
    if (this.ghost.parentNode !== list) list.append(this.ghost);
    if (!this.timed) return;
    this.ghost.className = this.ghost.className.replace(/\b[rs]-\d+\b|\bw-\d-\d\b/g, "").trim();
    this.ghost.classList.add(`r-${row}`, `s-${rows}`);
    this.ghost.classList.toggle("ghost--taken", this.taken());
    this.ghost.querySelector("time").textContent = `${this.clock(row)}–${this.clock(row + rows)}`;
  }

  put(lane, row, rows) {
    const most = this.timed ? this.querySelectorAll(".board__hours span").length * 4 : 1;
    const held = this.held;
    held.lane = lane;
    held.rows = Math.max(1, Math.min(rows, 48, most));
    held.row = Math.max(1, Math.min(row, most - held.rows + 1));
    this.show();
  }

  taken() {
    const { lane, item, row, rows } = this.held;
    if (lane.dataset.member === "0") return false;
    return [...lane.querySelectorAll(".bv:not(.ghost), .rest")].some((one) => {
      if (one === item || (item.dataset.visit && one.dataset.visit === item.dataset.visit)) return false;
      const at = /\br-(\d+) s-(\d+)/.exec(one.className);
      return at && Number(at[1]) < row + rows && row < Number(at[1]) + Number(at[2]);
    });
  }

  clock(row) {
    const minutes = (this.first + row - 1) * STEP;
    const hour = Math.floor(minutes / 60);
    return `${((hour + 11) % 12) + 1}:${String(minutes % 60).padStart(2, "0")} ${hour % 24 < 12 ? "am" : "pm"}`;
  }

  where() {
    const { lane, row } = this.held;
    return this.timed ? `${this.clock(row)}, ${lane.dataset.name}${this.taken() ? ", not free" : ""}` : lane.dataset.name;
  }

  cancel() {
    if (!this.held) return;
    this.ghost.remove();
    this.held.item.classList.remove("moving");
    this.classList.remove("dragging");
    this.held = null;
    if (this.stale) this.refresh();
  }

  drop() {
    const { item, lane, row, rows, from, was } = this.held;
    if (lane === from && row === was[0] && rows === was[1]) return this.cancel();
    const wall = (this.first + row - 1) * STEP;
    const at = `${String(Math.floor(wall / 60)).padStart(2, "0")}:${String(wall % 60).padStart(2, "0")}`;
    const moved = !this.timed || row !== was[0];
    this.send({
      visit: item.dataset.visit, base_version: item.dataset.version,
      starts_at: moved ? `${lane.dataset.day}T${this.timed ? at : item.dataset.time}` : "",
      minutes: rows === was[1] ? "" : rows * STEP,
      from: from.dataset.member ?? "", to: lane.dataset.member ?? "",
      only_if_free: this.timed && !this.taken() && lane.dataset.member !== "0" ? "1" : "",
      request_id: crypto.randomUUID(),
    });
  }

  // The visit stands where it was put until the answer says where it is.
  send(fields) {
    for (const [name, value] of Object.entries(fields)) this.form.elements[name].value = value;
    this.addEventListener("htmx:after:swap", () => this.focusOn(fields.visit), { once: true });
    this.held = null;
    this.classList.remove("dragging");
    this.form.requestSubmit();
  }
});
