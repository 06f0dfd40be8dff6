// Moving by keys (WCAG 2.5.7): M on a visit picks it up; arrows move it, with Shift they change its length; Enter
// places it, Esc leaves it. [ and ] go a day or week back and on, T goes to today.
document.addEventListener("op-board:ready", ({ detail: board }) => {
  const GO = { "[": '[aria-label$=" before"]', "]": '[aria-label$=" after"]', t: "[data-today]" };
  let moving = false;

  const listener = (event) => {
    if (!board.isConnected) return document.removeEventListener("keydown", listener, true);
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea, dialog")) return;
    const item = event.target.closest?.("[data-visit]");
    if (moving && board.held) steer(event);
    else if (event.key.toLowerCase() === "m" && item) {
      event.preventDefault();
      board.pick(item);
      moving = true;
      say(`Moving. ${board.where()}. Arrows move, Enter places, Escape leaves it.`);
    } else if (GO[event.key] && localStorage.getItem("opsystem.single-keys") !== "off") {
      const link = document.querySelector(`main ${GO[event.key]}`);
      if (link) {
        event.preventDefault();
        link.click();
      }
    }
  };
  document.addEventListener("keydown", listener, true);

  function steer(event) {
    const held = board.held;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step) {
      const lanes = board.lanes;
      const lane = lanes[lanes.indexOf(held.lane) + step[1]] ?? held.lane;
      if (event.shiftKey) board.put(held.lane, held.row, held.rows + step[0]);
      else board.put(lane, held.row + step[0], held.rows);
      board.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
      say(board.where());
    } else if (event.key === "Enter") {
      moving = false;
      board.drop();
      say("Placed.");
    } else if (event.key === "Escape" || event.key === "Tab") {
      moving = false;
      board.cancel();
      say("Left where it was.");
      if (event.key === "Tab") return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function say(words) {
    board.says.textContent = words;
  }
});
