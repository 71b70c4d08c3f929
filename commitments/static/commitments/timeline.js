/* Comfort for the timeline: arrow keys between its marks, moves in time without a new page, facts beside the pointer.
   All of it is links, and can be read without this script. */
(() => {
  "use strict";
  const root = document.getElementById("timeline");
  if (!root) return;
  const wide = matchMedia("(min-width: 37.5rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const all = (selector, within = root) => [...within.querySelectorAll(selector)];
  const LINK = "a.mark, a.line";

  // Facts stand beside what was pointed at or focused; the style sheet shows and hides them.
  function place(link, pointer) {
    const fact = link.querySelector(".fact");
    const track = link.closest(".track");
    if (!track || !wide.matches) return;
    const field = track.getBoundingClientRect();
    const at = sign(link).getBoundingClientRect();
    const x = pointer ? pointer.clientX : at.left + at.width / 2;
    const room = field.width - fact.offsetWidth;
    fact.style.left = `${Math.max(0, Math.min(x - field.left - 24, room))}px`;
    fact.style.right = "auto";
    // Below, unless that is off the screen.
    const below = at.bottom + fact.offsetHeight + 16 < innerHeight;
    fact.style.top = `${(below ? at.bottom + 7 : at.top - fact.offsetHeight - 7) - field.top}px`;
  }
  const sign = (link) => link.querySelector("circle") || link.querySelector("svg").lastElementChild;

  root.addEventListener("pointerover", (event) => {
    const link = event.target.closest(LINK);
    if (link) place(link, event);
  });
  root.addEventListener("focusin", (event) => {
    const link = event.target.closest(LINK);
    if (link) place(link);
  });

  // One stop for the tabulator; arrows move on from there. A list needs none of that.
  function rove(current) {
    const links = all(LINK);
    const stop = current || root.querySelector(".chosen a.mark") || links[0];
    for (const link of links) link.tabIndex = !wide.matches || link === stop ? 0 : -1;
  }

  const middle = (element) => {
    const box = sign(element).getBoundingClientRect();
    return box.left + box.width / 2;
  };
  const nearest = (links, x) =>
    links.reduce((best, link) => (Math.abs(middle(link) - x) < Math.abs(middle(best) - x) ? link : best), links[0]);

  function aim(link, key) {
    const lane = link.closest(".lane");
    const marks = all("a.mark", lane);
    const own = link.closest(".meeting").querySelector("a.mark");
    const lines = all("a.line", link.closest(".meeting"));
    const line = lines.indexOf(link);
    const beside = (step) => {
      for (let one = lane; (one = step > 0 ? one.nextElementSibling : one.previousElementSibling); ) {
        const found = all("a.mark", one);
        if (found.length) return nearest(found, middle(own));
      }
    };
    switch (key) {
      case "ArrowRight": return marks[marks.indexOf(own) + 1];
      case "ArrowLeft": return link === own ? marks[marks.indexOf(own) - 1] : own;
      case "ArrowDown": return lines[line + 1] || beside(1);
      case "ArrowUp": return line > 0 ? lines[line - 1] : line === 0 ? own : beside(-1);
      case "Home": return marks[0];
      case "End": return marks[marks.length - 1];
    }
  }

  const KEYS = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "End"];
  root.addEventListener("keydown", (event) => {
    const link = event.target.closest(LINK);
    if (!link || !wide.matches || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") return link.classList.add("dismissed");
    if (!KEYS.includes(event.key)) return;
    event.preventDefault();
    const next = aim(link, event.key);
    if (next) return reach(next);
    // At the end of a lane the time goes on.
    const way = root.querySelector({ ArrowRight: "a[rel=next]", ArrowLeft: "a[rel=prev]" }[event.key] || "never");
    if (way) go(way.href).then(() => reach(document.getElementById(link.id) || all("a.mark")[0]));
  });
  root.addEventListener("focusout", (event) => event.target.classList.remove("dismissed"));

  function reach(link) {
    if (!link) return;
    rove(link);
    link.focus({ preventScroll: true });
    sign(link).scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
  }

  // What is drawn glides from where it was to where it is now.
  function pieces() {
    const found = new Map();
    for (const link of all(LINK)) {
      const key = link.classList.contains("mark") ? link.id : link.pathname;
      [...link.querySelector("svg").children].forEach((piece) => {
        const name = `${key} ${piece.tagName} ${piece.getAttribute("class") || ""}`;
        found.set(name, [piece, piece.getBoundingClientRect()]);
      });
    }
    for (const name of all(".lane > h2")) found.set(name.textContent, [name, name.getBoundingClientRect()]);
    return found;
  }

  function glide(before) {
    if (still.matches || !wide.matches) return;
    const timing = { duration: 420, easing: "cubic-bezier(.2, .7, .2, 1)" };
    const ratio = (old, now) => (now > 1 && old > 1 ? old / now : 1);
    for (const [name, [piece, now]] of pieces()) {
      const old = before.get(name)?.[1];
      if (!old) {
        piece.animate([{ opacity: 0 }, { opacity: 1 }], timing);
        continue;
      }
      const line = piece.tagName === "line";
      const size = line ? ` scale(${ratio(old.width, now.width)}, ${ratio(old.height, now.height)})` : "";
      const from = `translate(${old.left - now.left}px, ${old.top - now.top}px)${size}`;
      // Beside what an attribute may move already.
      piece.animate([{ transform: from }, { transform: "none" }], { ...timing, composite: line ? "replace" : "add" });
    }
    for (const one of all(".axis, .grid-of-time")) one.animate([{ opacity: 0 }, { opacity: 1 }], timing);
  }

  let asked = 0;
  async function go(address, { push = true, glides = true } = {}) {
    const number = ++asked;
    try {
      const answer = await fetch(address);
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("timeline");
      if (!answer.ok || !next) throw new Error("no timeline");
      if (number !== asked) return false;
      const before = glides ? pieces() : null;
      root.dataset.here = next.dataset.here;
      root.replaceChildren(...next.childNodes);
      if (push) history.pushState(null, "", address);
      rove();
      if (before) glide(before);
      return true;
    } catch {
      location.href = address;
      return false;
    }
  }

  let dragged = false;
  root.addEventListener("click", async (event) => {
    if (dragged) return event.preventDefault();
    const link = event.target.closest("a");
    if (!link || link.pathname !== location.pathname || !link.search || event.defaultPrevented) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (new URLSearchParams(link.search).get("view") === "list") return;
    event.preventDefault();
    const hold = link.id || all(".steer a").indexOf(link);
    if (!(await go(link.href))) return;
    const chosen = root.querySelector("#chosen");
    if (link.hash === "#chosen" && chosen) {
      chosen.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" });
      chosen.querySelector("a").focus({ preventScroll: true });
    } else {
      const again = typeof hold === "number" ? all(".steer a")[hold] : document.getElementById(hold);
      (again || root.querySelector(".steer a"))?.focus({ preventScroll: true });
    }
  });
  addEventListener("popstate", () => go(location.href, { push: false }));

  // Dragging moves in time; what comes into view is fetched on the way.
  const MONTHS = { decade: [960, 120], year: [240, 12], month: [24, 1] };
  let drag = null;
  root.addEventListener("pointerdown", (event) => {
    if (drag) return;
    dragged = false;
    if (event.button || event.pointerType === "touch" || !wide.matches || !event.target.closest(".field-of-time")) return;
    drag = { x: event.clientX, id: event.pointerId, asked: null, dropped: false };
  });
  root.addEventListener("dragstart", (event) => drag && event.preventDefault());
  root.addEventListener("pointermove", (event) => {
    if (!drag || drag.dropped) return;
    const by = event.clientX - drag.x;
    if (!dragged && Math.abs(by) < 6) return;
    if (!dragged) root.setPointerCapture(drag.id);
    dragged = true;
    root.style.setProperty("--drag", `${by}px`);
    root.classList.add("dragging");
    if (Math.abs(by) > innerWidth / 10 && !drag.asked) drag.asked = follow(drag);
  });

  // Ask for the window that begins so much earlier or later, in whole steps.
  async function follow(mine) {
    const moved = () => parseFloat(root.style.getPropertyValue("--drag")) || 0;
    const query = new URLSearchParams(root.dataset.here);
    const [length, step] = MONTHS[query.get("zoom")];
    const width = (root.querySelector(".track") || root).getBoundingClientRect().width;
    const steps = Math.round((-moved() / width) * (length / step));
    const [year, month = 1] = query.get("from").split("-").map(Number);
    const start = year * 12 + month - 1 + steps * step;
    if (steps && start >= 1900 * 12 && start < 2200 * 12) {
      const first = `${Math.floor(start / 12)}`;
      query.set("from", step > 1 ? first : `${first}-${String((start % 12) + 1).padStart(2, "0")}`);
      if (await go(`?${query}`, { glides: false })) {
        const by = (steps * step * width) / length;
        mine.x -= by;
        root.style.setProperty("--drag", `${moved() + by}px`);
      }
    }
    mine.asked = null;
  }

  async function drop() {
    if (!drag || drag.dropped) return;
    const mine = drag;
    mine.dropped = true;
    if (dragged) {
      // What was asked for on the way, and then the rest of it.
      await mine.asked;
      await follow(mine);
    }
    drag = null;
    const before = pieces();
    root.style.removeProperty("--drag");
    root.classList.remove("dragging");
    if (dragged) glide(before);
  }
  root.addEventListener("pointerup", drop);
  root.addEventListener("pointercancel", drop);

  wide.addEventListener("change", () => rove());
  root.classList.add("lively");
  rove();
})();
