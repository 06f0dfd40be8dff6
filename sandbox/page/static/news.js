// Brings news onto the page: when the sandbox's state has changed, the page is fetched again and its live parts are
// put in the place of the old ones. What is being typed stays. The page works without it.

const pause = 1500; // milliseconds between two questions

async function look() {
  if (document.hidden) return;
  const answer = await fetch("/_news", { cache: "no-store" });
  const { news } = await answer.json();
  if (news === document.body.dataset.news) return;
  const page = await fetch(location.href, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  document.body.dataset.news = fresh.body.dataset.news;
  // Where there was nothing to show before, the whole view changes; unless somebody is typing.
  const typing = document.activeElement?.matches("input, textarea, select");
  if (!typing && wholes(fresh) !== wholes(document)) {
    document.querySelector("main").replaceWith(fresh.querySelector("main"));
    toEnd();
    return;
  }
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (!next || next.innerHTML === part.innerHTML) continue;
    const { scrollTop } = part;
    part.replaceWith(next);
    next.scrollTop = scrollTop;
    if (next.id === "bubbles") toEnd();
  }
}

function wholes(page) {
  return [...page.querySelectorAll("[data-live]")].map((part) => part.id).join(" ");
}

function toEnd() {
  const bubbles = document.getElementById("bubbles");
  if (bubbles) bubbles.scrollTop = bubbles.scrollHeight;
}

async function watch() {
  try {
    await look();
  } catch (error) {
    console.info("The sandbox does not answer; asking again.", error.message);
  }
  setTimeout(watch, pause);
}

toEnd();
setTimeout(watch, pause);
