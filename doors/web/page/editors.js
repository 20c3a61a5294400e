// The editors' page works without this; with it, drafts are checked while one writes.
"use strict";

(function () {
  const words = document.body.dataset;
  const said = document.querySelector(".said");
  if (said) said.focus({ preventScroll: false });

  // ---- the tree: names are found while one types

  const filter = document.getElementById("filter");
  if (filter) {
    const count = document.getElementById("found");
    const find = () => {
      const wanted = filter.value.trim().toLowerCase();
      let found = 0;
      document.querySelectorAll(".file").forEach((file) => {
        let some = false;
        file.querySelectorAll("[data-searched]").forEach((entry) => {
          entry.hidden = !entry.dataset.searched.includes(wanted);
          some = some || !entry.hidden;
          found += entry.hidden ? 0 : 1;
        });
        file.hidden = Boolean(wanted) && !some;
        if (wanted && some) file.open = true;
      });
      count.textContent = wanted ? filter.form.dataset.found.replace("{count}", found) : "";
    };
    filter.addEventListener("input", find);
  }

  const form = document.getElementById("edit");
  if (!form) return;
  const area = document.getElementById("text");
  const first = Number(area.dataset.line);
  const begin = said && said.classList.contains("failed") ? null : area.value;
  let saving = false;

  // ---- the numbers of the lines

  const numbers = document.createElement("div");
  numbers.className = "numbers";
  numbers.setAttribute("aria-hidden", "true");
  area.before(numbers);
  let counted = "";

  function number() {
    const bad = new Set(Array.from(document.querySelectorAll("#faults .error a"),
      (each) => Number(each.dataset.line)));
    const lines = area.value.split("\n").length;
    const key = lines + ":" + Array.from(bad).join();
    if (key !== counted) {
      counted = key;
      const made = document.createDocumentFragment();
      for (let line = first; line < first + lines; line += 1) {
        const each = document.createElement("div");
        each.textContent = line;
        if (bad.has(line)) each.className = "bad";
        made.append(each);
      }
      numbers.replaceChildren(made);
    }
    numbers.scrollTop = area.scrollTop;
  }

  area.addEventListener("scroll", () => { numbers.scrollTop = area.scrollTop; });

  function go(line, column) {
    const lines = area.value.split("\n");
    const before = lines.slice(0, line - first).join("\n").length + (line > first ? 1 : 0);
    const place = Math.min(before + column - 1, area.value.length);
    const text = lines[line - first] || "";
    area.focus();
    area.setSelectionRange(place, Math.max(place, before + text.length));
    area.scrollTop = Math.max(0, (line - first - 4) * parseFloat(getComputedStyle(area).lineHeight));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#faults a[data-line]");
    if (!link) return;
    event.preventDefault();
    go(Number(link.dataset.line), Number(link.dataset.column));
  });

  // ---- Tab indents once one writes; it leads on after Esc, and before anything was written

  let writes = false;
  area.addEventListener("focus", () => { writes = false; });
  area.addEventListener("pointerdown", () => { writes = true; });
  area.addEventListener("input", () => { writes = true; });

  function indent(back) {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    if (!back && area.selectionStart === area.selectionEnd) {
      document.execCommand("insertText", false, "  ");
      return;
    }
    const end = Math.max(area.selectionEnd, start);
    const lines = area.value.slice(start, end).split("\n");
    const stop = area.value.indexOf("\n", end);
    const rest = area.value.slice(end, stop < 0 ? area.value.length : stop);
    lines[lines.length - 1] += rest;
    const made = lines.map((line) => (back ? line.replace(/^ {1,2}/, "") : "  " + line)).join("\n");
    area.setSelectionRange(start, end + rest.length);
    document.execCommand("insertText", false, made);
    area.setSelectionRange(start, start + made.length);
  }

  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") writes = false;
    if (event.key !== "Tab" || !writes || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    indent(event.shiftKey);
  });

  // ---- checking while one writes: one draft at a time is under way, the last one counts

  const PAUSE = 400; // milliseconds without a key before a draft is checked
  const REST = 1500; // before its questions are tried, which takes longer
  let timer = 0;
  let resting = 0;
  let version = 0;
  const under = { live: false, try: false };

  async function sent(action) {
    const fields = new URLSearchParams(new FormData(form));
    fields.set("action", action);
    const response = await fetch(location.pathname, { method: "POST", body: fields, redirect: "manual" });
    if (response.type === "opaqueredirect" || response.status === 401) throw new Error("expired");
    if (!response.ok) throw new Error(String(response.status));
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  function show(made, id) {
    const old = document.getElementById(id);
    const fresh = made.getElementById(id);
    if (!old || !fresh) return;
    const told = old.querySelector("[role=status]");
    const tells = fresh.querySelector("[role=status]");
    old.querySelectorAll("details[data-key]").forEach((each) => {
      const same = fresh.querySelector('details[data-key="' + each.dataset.key + '"]');
      if (same) same.open = each.open;
    });
    const inside = old.contains(document.activeElement) && document.activeElement.id;
    if (told && tells && told.textContent === tells.textContent) {
      told.className = tells.className; // the same words are not read out again
      tells.replaceWith(told);
    }
    old.replaceChildren(...fresh.childNodes);
    const again = inside && document.getElementById(inside);
    if (again) again.focus();
  }

  function say(text, id) {
    const place = document.querySelector("#" + id + " [role=status]");
    if (!place) return;
    place.textContent = text;
    place.classList.add("busy");
  }

  function trouble(error, id) {
    say(error.message === "expired" ? words.expired : words.away, id);
  }

  async function run(action, id, done) {
    if (under[action]) return;
    under[action] = true;
    const asked = version;
    try {
      const made = await sent(action);
      if (asked === version) done(made);
    } catch (error) {
      if (asked === version) trouble(error, id);
    } finally {
      under[action] = false;
      if (asked !== version && action === "live") run(action, id, done);
    }
  }

  function live() {
    run("live", "faults", (made) => {
      show(made, "faults");
      show(made, "answers");
      number();
    });
  }

  function ask() {
    const button = document.getElementById("try");
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    say(words.checking + " …", "questions");
    run("try", "questions", (made) => show(made, "questions"));
  }

  area.addEventListener("input", () => {
    version += 1;
    number();
    clearTimeout(timer);
    clearTimeout(resting);
    timer = setTimeout(live, PAUSE);
    resting = setTimeout(ask, REST);
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("#try")) return;
    event.preventDefault();
    ask();
  });

  form.addEventListener("submit", () => { saving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!saving && area.value !== begin) event.preventDefault();
  });
  number();
  ask();
})();
