// The staff page works without this; with it, what is new appears by itself.
"use strict";

(function () {
  const PAUSE = 15000; // milliseconds between two looks, while the page is seen
  const words = document.body.dataset;
  const news = document.getElementById("news");
  const title = document.title;
  let timer = 0;
  let looking = false;
  let active = false; // whether something was done here since the last look
  let unseen = 0;

  const list = () => document.getElementById("receipts");
  const fill = (text, count) => text.replace("{count}", count);
  const card = (number) => list().querySelector('[data-number="' + number + '"]');

  // ---- what somebody is writing stays as it is

  function isWritten(field) {
    if (field.type === "hidden") return false;
    return field.localName !== "select" && field.value !== field.defaultValue;
  }

  function isInUse(node) {
    const fields = Array.from(node.querySelectorAll("input, textarea"));
    return node.contains(document.activeElement) || fields.some(isWritten);
  }

  function withOpened(old, made) {
    const before = old.querySelectorAll("details");
    made.querySelectorAll("details").forEach((each, index) => {
      if (before[index] && before[index].open) each.open = true;
    });
    return made;
  }

  // The card to show: the one that is there, unless it looks different by now.
  function chosen(made) {
    const old = card(made.dataset.number);
    if (!old) {
      made.classList.add("fresh");
      unseen += 1;
      return made;
    }
    if (old.dataset.stamp === made.dataset.stamp) {
      old.querySelector(".term").replaceWith(made.querySelector(".term"));
      return old;
    }
    if (!isInUse(old)) return withOpened(old, made);
    mark(old);
    return old;
  }

  function mark(old) {
    if (old.querySelector(".changed")) return;
    const told = document.createElement("p");
    told.className = "changed";
    told.setAttribute("role", "alert");
    told.textContent = words.changed;
    old.append(told);
  }

  const isTyping = () => list().contains(document.activeElement)
    && document.activeElement.matches("input, textarea, select");

  // While somebody writes, nothing moves: an input method would lose its characters.
  function addTo(fetched) {
    fetched.querySelectorAll(".card").forEach((made) => {
      const old = card(made.dataset.number);
      const shown = chosen(made);
      if (shown === old) return;
      const section = document.getElementById(made.closest("section").id);
      if (old) old.replaceWith(made);
      else section.querySelector(".cards").append(made);
    });
  }

  function merge(fetched) {
    if (isTyping()) return addTo(fetched);
    const shown = list();
    const focused = document.activeElement;
    const numbers = new Set();
    fetched.querySelectorAll("section").forEach((section) => {
      const cards = Array.from(section.querySelectorAll(".card"));
      cards.forEach((each) => numbers.add(each.dataset.number));
      section.querySelector(".cards").replaceChildren(...cards.map(chosen));
    });
    // an answer that is being written is not taken away, whoever has answered meanwhile
    shown.querySelectorAll(".card").forEach((old) => {
      if (numbers.has(old.dataset.number) || !isInUse(old)) return;
      mark(old);
      fetched.querySelector(".cards").prepend(old);
    });
    shown.replaceChildren(...fetched.children);
    if (focused && focused !== document.activeElement && shown.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  }

  // ---- an unobtrusive sign

  function say(text, href) {
    const told = document.createElement(href ? "a" : "span");
    told.textContent = text;
    if (href) told.href = href;
    news.replaceChildren(...(text ? [told] : []));
  }

  function sign() {
    document.title = (unseen ? fill(words.newTitle, unseen) : "") + title;
    say(unseen ? fill(words.fresh, unseen) : "");
  }

  function seen() {
    active = true;
    if (!unseen || document.hidden) return;
    unseen = 0;
    sign();
  }

  // ---- looking

  async function fetched() {
    const options = { credentials: "same-origin", cache: "no-store" };
    const response = await fetch("staff/cards" + (active ? "?active=1" : ""), options);
    active = false;
    if (response.status === 401) return null;
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.getElementById("receipts");
  }

  async function look() {
    clearTimeout(timer);
    if (looking || document.hidden || !list()) return;
    looking = true;
    let goesOn = true;
    try {
      const made = await fetched();
      if (made) {
        merge(made);
        sign();
      } else {
        goesOn = false;
        say(words.expired, "staff/login");
      }
    } catch (error) {
      say(words.away);
    } finally {
      looking = false;
      if (goesOn) timer = setTimeout(look, PAUSE);
    }
  }

  const told = document.querySelector(".said");
  if (told) told.focus({ preventScroll: true });
  ["pointerdown", "keydown", "input"].forEach((name) => {
    document.addEventListener(name, seen, { passive: true });
  });
  document.addEventListener("visibilitychange", look);
  timer = setTimeout(look, PAUSE);
})();
