/* Nothing typed at the desk is lost: what differs in a form from what the server sent is kept in this browser, and
   offered when the form is opened again. It goes when the form is saved, when its user signs out, and after 7 days. */
(() => {
  "use strict";
  const { user, path } = document.currentScript.dataset;
  const BEGINNING = "typed:";
  const DAYS = 7;
  const SAVED = "typed_saved";
  let isSignedOut = false;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("typed") : null;

  // The browser's store: it may be forbidden, and it may be full. Then nothing is kept, and nothing is said.
  const store = {
    keys(beginning) {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(beginning));
      } catch {
        return [];
      }
    },
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, entry) {
      try {
        localStorage.setItem(key, JSON.stringify(entry));
      } catch {
        // An older text of this form is better than none.
      }
    },
    works() {
      const key = `${BEGINNING}try`;
      this.write(key, {});
      const isWritten = this.read(key) !== null;
      this.remove(key);
      return isWritten;
    },
    remove(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        // There is nothing to remove.
      }
    },
  };

  function removeOld() {
    const oldest = Date.now() - DAYS * 24 * 60 * 60 * 1000;
    for (const key of store.keys(BEGINNING)) {
      const at = Date.parse(store.read(key)?.at);
      if (!(at > oldest)) store.remove(key);
    }
  }

  // The server names the forms that it saved in a cookie: only it knows.
  function removeSaved() {
    const cookie = document.cookie.split("; ").find((text) => text.startsWith(`${SAVED}=`));
    if (!cookie) return;
    const tokens = cookie.slice(SAVED.length + 1).split(".");
    for (const key of store.keys(BEGINNING)) {
      if (tokens.includes(key.split(":").pop())) store.remove(key);
    }
    document.cookie = `${SAVED}=; path=${path}; max-age=0; samesite=lax`;
  }

  function clearOnSignOut() {
    const form = document.getElementById("logout-form");
    if (!form || !user) return;
    let isLeaving = false;
    form.addEventListener("submit", () => (isLeaving = true));
    document.addEventListener("input", () => (isLeaving = false));
    // Only now: whoever is warned of what is not saved may still stay.
    addEventListener("pagehide", () => {
      if (!isLeaving) return;
      isSignedOut = true;
      for (const key of store.keys(`${BEGINNING}${user}:`)) store.remove(key);
      channel?.postMessage({ signedOut: user });
    });
  }

  removeOld();
  removeSaved();
  clearOnSignOut();

  const place = document.getElementById("typed-before");
  if (!place || !user) return;
  const form = place.closest("form");
  const token = form.elements.token.value;
  const version = form.elements.version.value;
  const isReturned = place.dataset.returned === "yes";
  const HERE = `${BEGINNING}${user}:${encodeURIComponent(readAddress())}:`;
  const key = `${HERE}${token}`;
  // What a form held that came back unsaved was typed into an earlier page: that page's values are kept with it.
  const earlier = isReturned ? store.read(key)?.base : null;
  const NOT_TYPED = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);

  // After “Back” some browsers fill in fields by themselves, and never the rows that were added.
  if (store.works()) form.autocomplete = "off";

  let isLeaving = false;
  let timer = 0;

  // Of a form that adds, what it was opened for belongs to the address; of a stored record the proposal that is in it.
  function readAddress() {
    const query = new URLSearchParams(location.search);
    if (!location.pathname.endsWith("/add/")) {
      const proposal = query.get("proposal");
      return proposal ? `${location.pathname}?proposal=${proposal}` : location.pathname;
    }
    for (const name of [...query.keys()]) if (name.startsWith("_")) query.delete(name);
    query.sort();
    const text = query.toString();
    return text ? `${location.pathname}?${text}` : location.pathname;
  }

  // Fields by name: those that somebody types into, chooses from or ticks.
  function readFields() {
    const fields = new Map();
    for (const element of form.elements) {
      const name = element.name;
      if (!name || name.startsWith("_") || name === "theirs" || name.includes("__prefix__")) continue;
      if (!element.type || NOT_TYPED.has(element.type) || element.disabled) continue;
      if (!fields.has(name)) fields.set(name, []);
      fields.get(name).push(element);
    }
    return fields;
  }

  // The rows inside the record: {name: {initial: how many are stored, keys: of the stored ones}}.
  function readGroups() {
    const groups = {};
    for (const element of form.querySelectorAll("input[name$='-INITIAL_FORMS']")) {
      const name = element.name.replace(/-INITIAL_FORMS$/, "");
      const initial = Number(element.value);
      const keys = [];
      for (let row = 0; row < initial; row += 1) keys.push(form.elements[`${name}-${row}-id`]?.value ?? String(row));
      groups[name] = { initial, keys };
    }
    return groups;
  }

  // A stored row is named by its key and a new one by its place among the new, because others may add rows meanwhile.
  function makePortable(name, groups) {
    const [, group, row, field] = name.match(/^(.+)-(\d+)-(\w+)$/) || [];
    if (!groups[group]) return name;
    const { initial, keys } = groups[group];
    return row < initial ? `${group}-#${keys[row]}-${field}` : `${group}-+${row - initial}-${field}`;
  }

  function findName(portable, groups) {
    const [, group, sign, row, field] = portable.match(/^(.+)-([#+])(.+)-(\w+)$/) || [];
    if (!group) return portable;
    if (!groups[group]) return null;
    const { initial, keys } = groups[group];
    const number = sign === "+" ? initial + Number(row) : keys.indexOf(row);
    return number < 0 ? null : `${group}-${number}-${field}`;
  }

  const options = (select, isChosen) =>
    [...select.options].filter((option) => option.value && isChosen(option)).map((option) => [option.value, option.text]);

  // The values of a field as texts; of one that is chosen from, each value with its words.
  function readValues(elements, { sent }) {
    return elements.flatMap((element) => {
      if (element.type.startsWith("select")) {
        // Without a mark of the server's, a browser chooses the first of a list.
        const isMarked = [...element.options].some((option) => option.defaultSelected);
        const isFirst = (option) => !element.multiple && !isMarked && option.index === 0;
        return options(element, (option) => (sent ? option.defaultSelected || isFirst(option) : option.selected));
      }
      if (element.type === "checkbox" || element.type === "radio") {
        return (sent ? element.defaultChecked : element.checked) ? [element.value] : [];
      }
      const value = sent ? element.defaultValue : element.value;
      return value === "" ? [] : [value.replaceAll("\r\n", "\n")];
    });
  }

  // What the server sent for a field before anybody typed.
  function readBase(portable, elements) {
    if (earlier && portable in earlier) return earlier[portable];
    // The rows of a form that came back have what was typed into them as if the server had sent it.
    const added = isReturned && portable.match(/^(.+)-\+\d+-(\w+)$/);
    const blank = added && form.elements[`${added[1]}-__prefix__-${added[2]}`];
    if (blank) return readValues(blank.length && !blank.type ? [...blank] : [blank], { sent: true });
    if (isReturned && !earlier) return [];
    return readValues(elements, { sent: true });
  }

  function readTyped() {
    const groups = readGroups();
    const typed = {};
    const base = {};
    for (const [name, elements] of readFields()) {
      const portable = makePortable(name, groups);
      const before = readBase(portable, elements);
      const now = readValues(elements, { sent: false });
      if (JSON.stringify(before) === JSON.stringify(now)) continue;
      base[portable] = before;
      typed[portable] = now;
    }
    return { typed, base };
  }

  function keep() {
    clearTimeout(timer);
    timer = 0;
    if (isSignedOut) return;
    const { typed, base } = readTyped();
    if (Object.keys(typed).length) {
      store.write(key, { at: new Date().toISOString(), version, typed, base });
    } else {
      store.remove(key);
    }
  }

  function keepSoon() {
    isLeaving = false;
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  }

  function put(elements, values) {
    for (const element of elements) {
      if (element.type.startsWith("select")) chooseOptions(element, values);
      else if (element.type === "checkbox" || element.type === "radio") element.checked = values.includes(element.value);
      else element.value = values[0] ?? "";
      for (const event of ["input", "change"]) element.dispatchEvent(new Event(event, { bubbles: true }));
    }
  }

  function chooseOptions(select, values) {
    for (const [value, text] of values) {
      const known = [...select.options].some((option) => option.value === value);
      // A box that looks up has the words of what was looked up, and no others.
      if (!known && select.classList.contains("admin-autocomplete")) select.add(new Option(text, value));
    }
    const chosen = values.map(([value]) => value);
    for (const option of select.options) option.selected = chosen.includes(option.value);
    if (!chosen.length && !select.multiple) select.value = "";
  }

  function addRows(typed) {
    const groups = readGroups();
    for (const portable of Object.keys(typed)) {
      const [, group, row] = portable.match(/^(.+)-\+(\d+)-\w+$/) || [];
      if (!groups[group]) continue;
      const total = form.elements[`${group}-TOTAL_FORMS`];
      const add = document.querySelector(`#${CSS.escape(group)}-group .add-row a`);
      while (add && Number(total.value) - groups[group].initial <= Number(row)) {
        const before = total.value;
        add.click();
        if (total.value === before) break;
      }
    }
  }

  // Returns what has no place in the form any more, as lines of text.
  function putBack(entry) {
    addRows(entry.typed);
    const groups = readGroups();
    const fields = readFields();
    const homeless = [];
    for (const [portable, values] of Object.entries(entry.typed)) {
      const elements = fields.get(findName(portable, groups));
      if (elements) {
        put(elements, values);
        elements[0].closest("details")?.setAttribute("open", "");
      } else if (values.length) {
        const texts = values.map((value) => (Array.isArray(value) ? value[1] : value));
        homeless.push(`${portable.replace(/^.*-/, "")}: ${texts.join(", ")}`);
      }
    }
    return homeless;
  }

  function make(tag, text, options = {}) {
    const element = Object.assign(document.createElement(tag), options);
    element.textContent = text;
    return element;
  }

  function say(...parts) {
    place.replaceChildren(...parts);
    place.hidden = parts.length === 0;
  }

  function offer() {
    const entries = store.keys(HERE).filter((one) => one !== key).map((one) => [one, store.read(one)]);
    const [newest] = entries.filter(([, entry]) => entry?.typed).sort(([, a], [, b]) => (a.at < b.at ? 1 : -1));
    if (!newest) return say();
    const [keptAs, entry] = newest;
    const at = new Date(entry.at);
    const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    let sentence = `You typed here on ${day} at ${time} and did not save.`;
    if (entry.version !== version) sentence += " The record was changed after that: look at each field before you save.";
    const back = make("button", "Put it back", { type: "button", className: "button" });
    const away = make("button", "Throw it away", { type: "button", className: "button" });
    const buttons = make("span", "", { className: "typed-buttons" });
    buttons.append(back, " ", away);
    say(make("p", sentence), buttons);
    back.addEventListener("click", () => {
      const homeless = putBack(entry);
      store.remove(keptAs);
      keep();
      const done = make("p", "It is in the form again, and not saved yet.", { tabIndex: -1 });
      if (!homeless.length) say(done);
      else say(done, make("p", "These have no place in the form any more:"), make("pre", homeless.join("\n")));
      done.focus();
    });
    away.addEventListener("click", () => {
      store.remove(keptAs);
      offer();
      (place.querySelector("button") || form.closest("main")).focus();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    // The boxes that look up speak through jQuery alone.
    window.django?.jQuery(form).on("input change", keepSoon);
    // Shortcuts such as “Today” say nothing at all.
    document.addEventListener("click", (event) => {
      if (!event.target.closest?.("#logout-form, [type=submit]")) timer ||= setTimeout(keep, 300);
    });
    document.addEventListener("formset:removed", keepSoon);
    if (isReturned) keep();
    else offer();
  });
  form.addEventListener("submit", () => {
    keep();
    isLeaving = true;
  });
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  addEventListener("beforeunload", (event) => {
    if (isLeaving) return;
    if (!isReturned && !Object.keys(readTyped().typed).length) return;
    event.preventDefault();
    // Browsers of 2023 and before go by this.
    event.returnValue = true;
  });
  channel?.addEventListener("message", (event) => {
    if (event.data.signedOut === user) isSignedOut = true;
  });
})();
