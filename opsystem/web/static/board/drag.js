// Dragging on the board: a mouse drags at once, a finger after 300 ms, so that a swipe still scrolls.
const HOLD = 300, SLOP = 6, EDGE = 48, SPEED = 14;

document.addEventListener("op-board:ready", ({ detail: board }) => {
  let start = null, timer = 0, frame = 0, at = null;
  const scroller = board.querySelector("#board");

  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("contextmenu", (event) => start?.touch && event.preventDefault());
  board.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[data-visit]");
    if (!item || event.button || event.target.closest(".bv__move, .btn") || board.held) return;
    if (event.pointerType === "touch" && board.dataset.view === "day" && !board.timed) return;
    start = { item, x: event.clientX, y: event.clientY, id: event.pointerId, touch: event.pointerType === "touch", size: Boolean(event.target.closest(".bv__grip")) };
    at = { x: event.clientX, y: event.clientY };
    if (start.touch) timer = setTimeout(begin, HOLD);
  });
  document.addEventListener("pointermove", (event) => {
    if (!start || event.pointerId !== start.id) return;
    at = { x: event.clientX, y: event.clientY };
    const far = Math.hypot(at.x - start.x, at.y - start.y) > SLOP;
    if (!start.begun && far) {
      if (start.touch) return forget();
      begin();
    }
    if (start?.begun) frame ||= requestAnimationFrame(move);
  });
  document.addEventListener("pointerup", (event) => event.pointerId === start?.id && end(true));
  document.addEventListener("pointercancel", (event) => event.pointerId === start?.id && end(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && start?.begun && end(false));
  // A finger that holds a visit must not scroll the page with it.
  document.addEventListener("touchmove", (event) => start?.begun && event.preventDefault(), { passive: false });

  function begin() {
    clearTimeout(timer);
    start.begun = true;
    board.pick(start.item);
    const row = rowHeight();
    start.grab = Math.floor((start.y - start.item.getBoundingClientRect().top) / row);
    if (start.touch) navigator.vibrate?.(10);
  }

  function rowHeight() {
    return parseFloat(getComputedStyle(scroller).getPropertyValue("--row")) || 15;
  }

  function move() {
    frame = 0;
    if (!start?.begun || !board.held) return;
    const lane = start.size ? board.held.lane : laneAt(at.x, at.y) ?? board.held.lane;
    const list = lane.querySelector("ol");
    const over = list ? Math.floor((at.y - list.getBoundingClientRect().top) / rowHeight()) + 1 : 1;
    if (start.size) board.put(lane, board.held.row, over - board.held.row + 1);
    else board.put(lane, over - start.grab, board.held.rows);
    if (scroll()) frame = requestAnimationFrame(move);
  }

  function laneAt(x, y) {
    return board.lanes.find((lane) => {
      const box = lane.getBoundingClientRect();
      return x >= box.left && x < box.right && (board.timed || (y >= box.top && y < box.bottom));
    });
  }

  // Near an edge the board goes on under the hand.
  function scroll() {
    const box = scroller.getBoundingClientRect();
    const bottom = Math.min(box.bottom, innerHeight), right = Math.min(box.right, innerWidth);
    const dy = at.y > bottom - EDGE ? SPEED : at.y < Math.max(box.top, 0) + EDGE ? -SPEED : 0;
    const dx = at.x > right - EDGE ? SPEED : at.x < Math.max(box.left, 0) + EDGE ? -SPEED : 0;
    const before = [scroller.scrollTop, scroller.scrollLeft, scrollY];
    scroller.scrollBy(dx, dy);
    if (scroller.scrollTop === before[0] && scroller.scrollLeft === before[1] && dy) scrollBy(0, dy);
    return scroller.scrollTop !== before[0] || scroller.scrollLeft !== before[1] || scrollY !== before[2];
  }

  function end(put) {
    if (start.begun) {
      if (put) {
        cancelAnimationFrame(frame);
        move();
        // The click that follows would open the visit.
        addEventListener("click", stop, { capture: true, once: true });
        setTimeout(() => removeEventListener("click", stop, { capture: true }), 0);
        board.drop();
      } else board.cancel();
    }
    forget();
  }

  function stop(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  function forget() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    frame = 0;
    start = null;
  }
});
