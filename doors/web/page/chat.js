// The chat page. Written for old browsers too: no build step, nothing newer than ES2017.
"use strict";

(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const kiosk = new URLSearchParams(location.search).has("kiosk");
  const byId = (id) => document.getElementById(id);
  const log = byId("log");
  const text = byId("text");
  const confirmBar = byId("confirm");
  const idleBar = byId("idle");
  const fine = matchMedia("(hover: hover) and (pointer: fine)").matches;

  const PATIENCE = 20000; // milliseconds for an answer
  const KEPT = 200; // messages that survive a reload
  const SIZES = ["larger", "largest", "standard"]; // what the button offers at each size

  // One entry is a message: {who: "you", text, choice, state, note} or {who: "desk", ...turn}.
  let entries = [];
  let chosen = null; // the language set by hand, if any
  let language = data.language;
  let words = data.words[language];
  let size = 0;
  let waiting = false;
  let unended = false; // a conversation was cleared here but not yet at the desk
  let conversation = 0; // answers to an earlier one are dropped
  let ticks = []; // boxes ticked and not yet told the desk: {entry, index, ticked}
  let queue = []; // done while an answer is awaited: {run, entry}, where it is a message with it
  let had = null; // the last message whose answer is here, until the desk has heard so

  // ---- what is kept: the conversation in this tab, the settings in this browser

  function kept(storage, key) {
    try {
      return JSON.parse(storage().getItem(key)) || {};
    } catch (error) {
      return {}; // storage may be forbidden, or hold what another version wrote
    }
  }

  function keep(storage, key, value) {
    try {
      storage().setItem(key, JSON.stringify(value));
    } catch (error) {
      // forbidden or full: the page works without
    }
  }

  const ofTab = () => window.sessionStorage;
  const ofBrowser = () => window.localStorage;

  function save() {
    const asked = queue.filter((each) => each.entry).map((each) => each.entry);
    const bare = entries.concat(asked).slice(-KEPT).map((entry) =>
      Object.assign({}, entry, { node: null }));
    keep(ofTab, "shouwen", { entries: bare, unended: unended, had: had });
  }

  function saveSettings() {
    // a screen in the hall forgets its settings with the person
    if (!kiosk) keep(ofBrowser, "shouwen", { language: chosen, size: size });
  }

  // ---- elements

  function element(name, className, content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (content !== undefined) made.textContent = content;
    return made;
  }

  function button(className, label, press) {
    const made = element("button", className, label);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  function fill(template, values) {
    return template.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? values[name] : blank));
  }

  // ---- a reply: plain text in lines, never markup

  const LINK =
    /https?:\/\/[^\s<>"'，。；：、！？（）【】《》]+|0\d{2,3}-\d{7,8}|400-?\d{3}-?\d{4}|1[3-9]\d{9}|123\d\d/g;

  function standsAlone(line, start, end) {
    return !/[\w-]/.test(line.charAt(start - 1)) && !/[\w%元-]/.test(line.charAt(end));
  }

  function link(found) {
    const anchor = element("a", "", found);
    if (/^http/.test(found)) {
      anchor.href = found;
      anchor.target = "_blank";
      anchor.rel = "noopener noreferrer";
    } else {
      anchor.href = "tel:" + found.replace(/-/g, "");
    }
    return anchor;
  }

  function withLinks(parent, line) {
    let done = 0;
    line.replace(LINK, (match, start) => {
      const found = match.replace(/[.,;:!?)\]]+$/, "");
      const isAddress = /^http/.test(found);
      if (kiosk || !(isAddress || standsAlone(line, start, start + found.length))) return match;
      parent.append(line.slice(done, start), link(found));
      done = start + found.length;
      return match;
    });
    parent.append(line.slice(done));
  }

  function inline(parent, line, receipt) {
    const parts = receipt ? line.split(receipt) : [line];
    parts.forEach((part, index) => {
      if (index) parent.append(element("strong", "receipt", receipt));
      withLinks(parent, part);
    });
    return parent;
  }

  function item(line) {
    const numbered = /^(\d{1,2})[.、．]\s*(\D.*)$/.exec(line);
    if (numbered) return { list: "ol", number: Number(numbered[1]), words: numbered[2] };
    const dotted = /^[·•]\s*(.+)$/.exec(line);
    return dotted ? { list: "ul", words: dotted[1] } : null;
  }

  // "户口簿（原件1份）": what to bring stands out, how it must be stands back.
  function itemWords(parent, line, receipt) {
    const parts = /^([^（(]+)([（(].+[)）])$/.exec(line);
    inline(parent, parts ? parts[1] : line, receipt);
    if (parts) parent.append(inline(element("span", "detail"), parts[2], receipt));
    return parent;
  }

  function listed(reply, found, apart, receipt) {
    const last = reply.lastElementChild;
    const goesOn = !apart && last.localName === found.list;
    const list = goesOn ? last : reply.appendChild(element(found.list, apart ? "apart" : ""));
    const made = itemWords(element("li"), found.words, receipt);
    if (found.number) made.value = found.number;
    list.append(made);
  }

  // in letters: a Chinese character is as wide as two
  const width = (line) => line.replace(/[^\u0000-\u2e7f]/g, "xx").length;

  function kindOf(line, asks) {
    if (asks || (/[：:]$/.test(line) && width(line) < 80)) return "heading";
    return /^【/.test(line) ? "notice" : "";
  }

  // What the buttons below say is not said twice; the line above them asks.
  function withoutChoices(turn) {
    const lines = turn.reply.split(/\r?\n/);
    const said = turn.choices.map((choice, index) => index + 1 + ". " + choice.label);
    const first = lines.indexOf(said[0]);
    return { lines: lines.filter((line) => said.indexOf(line) < 0), asks: lines[first - 1] };
  }

  // What the boxes say is not said twice: they stand where the first of their lines stood.
  function withoutItems(turn, lines) {
    const said = (turn.checklist || []).map((each) => each.text);
    const isItem = (line) => said.indexOf(line.slice(2)) >= 0;
    const first = lines.findIndex(isItem);
    return lines.filter((line, index) => index === first || !isItem(line)).map((line, index) =>
      index === first ? null : line);
  }

  // The first line answers: it stands out, of a long one only its first sentence.
  function lead(line, receipt) {
    const first = /^.{6,}?([。！？：]|[.!?:](?= ))/.exec(line);
    const told = width(line) > 70 && first ? first[0] : line;
    const made = element("p", "lead");
    made.append(inline(element("strong"), told, receipt));
    return inline(made, line.slice(told.length), receipt);
  }

  function drawLine(reply, raw, apart, asks, receipt) {
    const line = raw.trim();
    const last = reply.lastElementChild;
    const found = last ? item(line) : null;
    if (found) {
      listed(reply, found, apart, receipt);
    } else if (/^\s/.test(raw) && last && last.localName !== "p") {
      last.lastElementChild.append(inline(element("p", "detail"), line, receipt));
    } else if (last) {
      const kind = kindOf(line, raw === asks) + (apart ? " apart" : "");
      reply.append(inline(element("p", kind), line, receipt));
    } else {
      reply.append(lead(line, receipt));
    }
  }

  function rendered(turn) {
    const reply = element("div", "reply");
    const told = withoutChoices(turn);
    let apart = false;
    withoutItems(turn, told.lines).forEach((raw) => {
      if (raw === null) return reply.append(boxes(turn));
      if (raw.trim()) drawLine(reply, raw, apart, told.asks, turn.receipt);
      apart = !raw.trim();
    });
    if (turn.receipt && turn.reply.indexOf(turn.receipt) < 0) {
      drawLine(reply, words.receipt + " " + turn.receipt, true, "", turn.receipt);
    }
    return reply;
  }

  // ---- messages

  function drawYours(entry) {
    const node = element("div", "message you");
    node.append(element("span", "unseen", words.you), element("p", "words", entry.text));
    entry.node = node;
    log.append(node);
    if (entry.state === "failed") drawTrouble(node, entry.note, () => retry(entry));
  }

  function drawTrouble(node, note, again) {
    const trouble = element("div", "trouble");
    trouble.append(element("p", "", note));
    if (words.call) trouble.append(inline(element("p"), words.call));
    trouble.append(
      button("", words.retry, () => {
        trouble.remove();
        inTurn(again);
      })
    );
    node.append(trouble);
  }

  function drawTurn(entry) {
    const node = element("div", "message desk " + entry.outcome);
    if (entry.language) node.lang = entry.language;
    const reply = rendered(entry);
    if (entry.here) reply.append(element("p", "here", kiosk ? words.here_kiosk : words.here));
    if (entry.phone) drawPhone(reply, entry);
    node.append(element("span", "unseen", words.desk), reply);
    drawButtons(node, entry, "choices", words.choose);
    drawButtons(node, entry, "next", words.next);
    entry.node = node;
    log.append(node);
  }

  function boxes(entry) {
    const group = element("div", "checklist");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", words.checklist);
    entry.checklist.forEach((each, index) => {
      const line = element("label", "");
      const box = element("input", "");
      box.type = "checkbox";
      box.checked = each.ticked;
      box.addEventListener("change", () => tick(entry, index, box.checked));
      line.append(box, itemWords(element("span"), each.text));
      group.append(line);
    });
    return group;
  }

  function tick(entry, index, ticked) {
    ticks = ticks.filter((each) => each.entry !== entry || each.index !== index);
    ticks.push({ entry: entry, index: index, ticked: ticked });
    if (!waiting) tellTicks();
  }

  function tellTicks() {
    let told;
    return alone(
      async (current) => {
        while (current() && ticks.length) {
          told = ticks.shift();
          const item = told.entry.checklist[told.index];
          if (item.ticked !== told.ticked) await tellTick(told.entry, item, current);
        }
      },
      (note) => {
        ticks = [];
        showTicks(told.entry);
        drawTrouble(told.entry.node, note, () => tick(told.entry, told.index, told.ticked));
      }
    );
  }

  async function tellTick(entry, item, current) {
    const turn = await call("messages", body({ text: item.label, choice: item.key }));
    if (!current()) return;
    if (turn.in_place && turn.checklist.length === entry.checklist.length) {
      Object.assign(entry, { reply: turn.reply, checklist: turn.checklist });
      showTicks(entry);
    } else {
      ticks = []; // the guide has changed meanwhile: what counts now is told anew
      turn.who = "desk";
      add(turn);
    }
  }

  function showTicks(entry) {
    entry.node.querySelectorAll(".checklist input").forEach((box, index) => {
      const isTold = !ticks.some((each) => each.entry === entry && each.index === index);
      if (isTold) box.checked = entry.checklist[index].ticked;
    });
  }

  // A number may be left with a receipt: it goes to the desk alone and is kept nowhere here.
  function drawPhone(reply, entry) {
    const form = element("form", "phone");
    const label = element("label", "", words.phone_label);
    const number = element("input");
    const told = element("p", "told");
    const line = element("div", "line");
    number.type = "tel";
    number.maxLength = 30;
    number.autocomplete = "off";
    number.id = label.htmlFor = "phone-" + entry.receipt;
    number.setAttribute("aria-describedby", number.id + "-use");
    const use = element("p", "use", words.phone_use);
    use.id = number.id + "-use";
    told.setAttribute("role", "status");
    line.append(number, button("", words.phone_leave, () => leavePhone(form, number, told, entry)));
    form.append(label, line, use, told);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      leavePhone(form, number, told, entry);
    });
    reply.append(form);
  }

  async function leavePhone(form, number, told, entry) {
    if (!number.value.trim()) return number.focus();
    try {
      const sent = { receipt: entry.receipt, phone: number.value, language: language };
      await call("phone", sent);
      entry.phone = false;
      form.querySelectorAll("label, .line, .use").forEach((each) => each.remove());
      told.textContent = words.phone_kept;
      save();
    } catch (error) {
      if (!error.note) throw error;
      number.setAttribute("aria-invalid", "true");
      told.textContent = error.note;
    }
  }

  function drawButtons(node, entry, kind, label) {
    if (!entry[kind].length) return;
    const group = element("div", kind);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    entry[kind].forEach((each, index) => {
      const made = button("", "", (event) => press(made, entry, each, event));
      if (kind === "choices") {
        made.append(element("span", "number", index + 1), " ", element("span", "", each.label));
      } else {
        made.textContent = each.label;
      }
      group.append(made);
    });
    node.append(group);
  }

  function press(pressed, entry, choice, event) {
    if (pressed.getAttribute("aria-disabled") || isAsked(choice.key)) return;
    entry.chosen = choice.key;
    const byKey = event.detail === 0; // without a pointer: then the next buttons get the focus
    const asked = { who: "you", text: choice.label, choice: choice.key };
    const isPlace = choice.asks === "location" && navigator.geolocation;
    if (!isPlace) asked.language = entry.language;
    inTurn(() => (isPlace ? locate(asked, byKey) : ask(asked, byKey)), asked);
  }

  // Asked for only on pressing; told to the desk once, and kept nowhere: not in the entry either.
  function locate(entry, byKey) {
    const mine = conversation;
    const options = { maximumAge: 60000, timeout: 15000 };
    const found = (place) => {
      if (mine !== conversation) return;
      wait(false);
      ask(entry, byKey, { lat: place.coords.latitude, lon: place.coords.longitude });
    };
    const refusedIt = () => {
      if (mine !== conversation) return;
      wait(false);
      ask(entry, byKey); // the desk says how else it can be told
    };
    wait(true);
    navigator.geolocation.getCurrentPosition(found, refusedIt, options);
  }

  // Buttons of an answered turn stay readable, but only the last turn's can be pressed.
  function settle() {
    entries.slice(0, -1).forEach((entry) => {
      if (entry.who !== "desk" || !entry.node) return;
      if (entry.notice && !entry.chosen) return; // it can be answered later too
      const next = entry.node.querySelector(".next");
      if (next) next.hidden = true;
      entry.node.querySelectorAll(".checklist input").forEach((box) => {
        box.disabled = true;
      });
      entry.node.querySelectorAll(".choices button").forEach((each, index) => {
        const isChosen = entry.choices[index].key === entry.chosen;
        if (isChosen && !each.classList.contains("chosen")) {
          each.classList.add("chosen");
          each.append(element("span", "unseen", " (" + words.chosen + ")"));
        }
        each.setAttribute("aria-disabled", "true");
      });
    });
  }

  function add(entry) {
    entries.push(entry);
    if (entry.who === "you") drawYours(entry);
    else drawTurn(entry);
    settle();
    save();
  }

  function show(node) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    node.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  // ---- the network

  function refused(note) {
    const error = new Error(note);
    error.note = note;
    return error;
  }

  async function fetched(path, body, signal) {
    const options = { credentials: "same-origin", signal: signal, cache: "no-store" };
    options.headers = { "Accept-Language": language };
    if (body) {
      options.method = "POST";
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    const response = await fetch(path, options);
    const type = response.headers.get("Content-Type") || "";
    if (!/json/.test(type)) throw refused(words.broken);
    const answer = await response.json();
    if (!response.ok) throw refused(answer.message || words.broken);
    return answer;
  }

  async function call(path, body) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), PATIENCE);
    try {
      return await fetched(path, body, controller.signal);
    } catch (error) {
      throw error.note ? error : refused(words.offline);
    } finally {
      clearTimeout(timer);
    }
  }

  async function endOld() {
    if (!unended) return null;
    const welcome = await call("session/end", { language: language });
    unended = false;
    return welcome;
  }

  function wait(on) {
    waiting = on;
    byId("typing").hidden = !on;
    log.setAttribute("aria-busy", String(on));
  }

  // Runs `work` as the one thing under way; `failed` is told in words what went wrong.
  async function alone(work, failed) {
    const mine = conversation;
    const current = () => mine === conversation;
    wait(true);
    try {
      await work(current);
    } catch (error) {
      if (!error.note) throw error;
      if (current()) failed(error.note);
    } finally {
      if (current()) wait(false);
      arrive();
      save();
      touched();
      if (current()) goOn();
    }
  }

  // ---- one after another: what is done while an answer is awaited is remembered, and done then

  function inTurn(run, entry) {
    if (!waiting) return run();
    if (entry) entry.state = "waiting";
    queue.push({ run: run, entry: entry });
    drawQueue();
    save();
    if (entry) byId("queue").lastElementChild.scrollIntoView({ block: "nearest" });
  }

  function goOn() {
    if (waiting) return;
    if (ticks.length) return tellTicks();
    const next = queue.shift();
    if (!next) return;
    drawQueue();
    next.run();
    goOn(); // it may have been nothing that is answered
  }

  function drawQueue() {
    const asked = queue.filter((each) => each.entry).map((each) => {
      const node = element("div", "message you waiting");
      node.append(element("span", "unseen", words.you), element("p", "words", each.entry.text));
      return node;
    });
    byId("queue").textContent = "";
    byId("queue").append(...asked);
  }

  // Whether this button's answer is awaited already: pressed twice, it counts once.
  function isAsked(key) {
    const is = (entry) => entry && entry.choice === key && entry.state === "waiting";
    return entries.some(is) || queue.some((each) => is(each.entry));
  }

  // ---- asking

  function ask(entry, byKey, place) {
    entry.state = "waiting";
    entry.id = entry.id || newId(); // the same when it is sent again: it is answered once
    add(entry);
    deliver(entry, byKey, place);
  }

  function deliver(entry, byKey, place) {
    entry.node.classList.add("waiting");
    show(entry.node);
    return alone(
      async (current) => {
        await endOld();
        const turn = await call("messages", body(entry, place));
        if (current()) received(entry, turn, byKey);
      },
      (note) => {
        entry.state = "failed";
        entry.note = note;
        entry.node.classList.remove("waiting");
        drawTrouble(entry.node, note, () => retry(entry));
        entry.node.querySelector(".trouble").scrollIntoView({ block: "nearest" });
      }
    );
  }

  function body(entry, place) {
    const made = { text: entry.text };
    if (place) made.location = place;
    if (entry.id) made.id = entry.id;
    if (had) made.had = had;
    if (entry.choice) made.choice = entry.choice;
    // a button says in which language it stands; of words the desk sees it
    if (chosen || entry.language) made.language = chosen || entry.language;
    return made;
  }

  function received(entry, turn, byKey) {
    entry.state = "sent";
    entry.node.classList.remove("waiting");
    had = entry.id;
    if (turn.told) return save(); // the answer came before
    turn.who = "desk";
    add(turn);
    if (turn.here) expect();
    show(entry.node);
    if (byKey) (turn.node.querySelector(".reply ~ div button") || text).focus({ preventScroll: true });
  }

  function retry(entry) {
    entries = entries.filter((each) => each !== entry);
    entry.node.remove();
    ask(entry, false);
  }

  function newId() {
    const bytes = Array.from(crypto.getRandomValues(new Uint8Array(16)));
    return bytes.map((each) => ("0" + each.toString(16)).slice(-2)).join("");
  }

  // ---- notices: what becomes of a receipt, told without a question

  const PAUSE = 12000; // between two looks, while something is expected and the page is seen
  let expected = false;
  let arrived = []; // wait here while a question is under way
  let unheard = []; // ids the desk has not yet heard of
  let looking = false;
  let lookTimer = 0;

  function expect() {
    expected = true;
    lookLater();
  }

  function lookLater() {
    clearTimeout(lookTimer);
    if (document.hidden || unended || !(expected || unheard.length)) return;
    lookTimer = setTimeout(look, PAUSE);
  }

  async function look() {
    if (looking || unended || document.hidden) return;
    const mine = conversation;
    const told = { received: unheard.slice() };
    let fresh = false;
    if (had) told.had = had;
    looking = true;
    try {
      const answer = await call("notices", told);
      if (mine !== conversation) return;
      if (had === told.had) had = null;
      unheard = unheard.filter((id) => told.received.indexOf(id) < 0);
      expected = answer.expected;
      fresh = answer.notices.map(take).some(Boolean);
      arrive();
    } catch (error) {
      if (!error.note) throw error; // the next look comes by itself
    } finally {
      looking = false;
      lookLater();
    }
    if (fresh) look(); // so that the desk hears at once that they are here
  }

  // Whether a notice is new here; one that is not is only told to have been received.
  function take(notice) {
    const known = (entry) => entry.notice === notice.id;
    if (unheard.indexOf(notice.id) < 0) unheard.push(notice.id);
    if (entries.some(known) || arrived.some(known)) return false;
    arrived.push({
      who: "desk",
      outcome: "notice-of",
      notice: notice.id,
      reply: notice.reply,
      receipt: notice.receipt,
      choices: [],
      next: notice.next,
    });
    return true;
  }

  function arrive() {
    if (waiting || !arrived.length) return;
    const atEnd = innerHeight + scrollY > document.documentElement.scrollHeight - 200;
    const first = arrived[0];
    arrived.forEach(add);
    arrived = [];
    if (atEnd) show(first.node);
    else byId("news").hidden = false;
  }

  function lastNews() {
    const news = entries.filter((entry) => entry.notice && entry.node);
    return news.length ? news[news.length - 1].node : null;
  }

  function readNews() {
    byId("news").hidden = true;
    if (lastNews()) show(lastNews());
  }

  function scrolled() {
    if (byId("news").hidden || !lastNews()) return;
    byId("news").hidden = lastNews().getBoundingClientRect().top < innerHeight - 200;
  }

  function greet() {
    return alone(
      async (current) => {
        const ended = await endOld();
        const turn = ended || (await call("welcome?language=" + language));
        if (!current()) return;
        turn.who = "desk";
        add(turn);
      },
      (note) => {
        const node = log.appendChild(element("div", "message"));
        drawTrouble(node, note, () => {
          node.remove();
          greet();
        });
      }
    );
  }

  function over() {
    conversation += 1;
    expected = false;
    arrived = [];
    unheard = [];
    had = null;
    byId("news").hidden = true;
    entries = [];
    log.textContent = "";
    text.value = "";
    ticks = [];
    queue = [];
    drawQueue();
    unended = true;
    resize();
    closeConfirm();
    save();
    return greet();
  }

  // ---- words and sizes

  function speak(name) {
    language = name;
    words = data.words[name];
    document.documentElement.lang = name;
    document.title = words.name + " · " + words.title;
    document.querySelectorAll("[data-text]").forEach((each) => {
      each.textContent = words[each.dataset.text];
    });
    document.querySelectorAll("[data-label]").forEach((each) => {
      each.setAttribute("aria-label", words[each.dataset.label]);
    });
    text.placeholder = words.placeholder;
    drawSwitch();
    enlarge(size);
    resize();
  }

  function drawSwitch() {
    const tools = document.querySelector(".tools");
    tools.querySelectorAll("[data-language]").forEach((each) => each.remove());
    Object.keys(data.words).forEach((name) => {
      if (name === language) return;
      const made = button("", data.words[name].switch, () => inTurn(() => change(name)));
      made.lang = name;
      made.dataset.language = name;
      tools.append(made);
    });
  }

  function change(name) {
    if (name === language) return;
    chosen = name;
    speak(name);
    saveSettings();
    document.querySelector("[data-language]").focus({ preventScroll: true });
    if (entries.some((each) => each.who === "you")) confirmLanguage(name);
    else restart();
  }

  function restart() {
    entries = [];
    log.textContent = "";
    greet();
  }

  function confirmLanguage(name) {
    alone(
      async (current) => {
        const turn = await call("messages", {
          text: words.switch,
          choice: "language:" + name,
          language: name,
        });
        if (!current()) return;
        turn.who = "desk";
        add(turn);
        show(turn.node);
      },
      () => {} // every later message carries the language anyway
    );
  }

  function enlarge(to) {
    size = to;
    document.documentElement.dataset.size = String(to);
    byId("size").textContent = words[SIZES[to]];
    byId("size").setAttribute("aria-label", words.size + ": " + words[SIZES[to]]);
  }

  // ---- the question box

  const length = (written) => Array.from(written).length;

  function resize() {
    const excess = length(text.value.trim()) - data.most;
    byId("count").textContent = excess > 0 ? fill(words.over_length, { count: excess }) : "";
    text.setAttribute("aria-invalid", String(excess > 0));
    text.style.height = "auto";
    text.style.height = text.scrollHeight + 4 + "px"; // the border's two sides
  }

  function submit() {
    const written = text.value.trim();
    if (!written) return text.focus();
    if (length(written) > data.most) return resize();
    text.value = "";
    resize();
    // on a phone the keyboard makes way for the answer
    if (fine) text.focus();
    else text.blur();
    const asked = { who: "you", text: written };
    inTurn(() => ask(asked, false), asked);
  }

  function key(event) {
    // 229: an input method still has the key (Safari says so only this way)
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    submit();
  }

  // ---- clearing a shared screen

  function openConfirm() {
    const open = expected && !kiosk;
    byId("confirm-words").textContent = open ? words.over_ask_receipt : words.over_ask;
    confirmBar.hidden = false;
    byId("confirm-no").focus();
  }

  function closeConfirm() {
    if (confirmBar.hidden) return;
    confirmBar.hidden = true;
    byId("over").focus({ preventScroll: true });
  }

  const IDLE = 150000; // then the warning
  const WARNING = 30000; // then the end: three minutes in all
  const ABANDONED = 900000; // unsent words hold it off, but not for ever
  let idleTimer = 0;
  let lastTouch = Date.now();

  function touched() {
    if (!kiosk) return;
    lastTouch = Date.now();
    idleBar.hidden = true;
    clearTimeout(idleTimer);
    idleTimer = setTimeout(warn, IDLE);
  }

  function isUsed() {
    const asked = entries.some((each) => each.who === "you");
    return asked || chosen !== null || size !== 0 || text.value !== "";
  }

  function warn() {
    if (!isUsed()) return;
    const writing = text.value !== "" && Date.now() - lastTouch < ABANDONED;
    idleBar.hidden = writing;
    idleTimer = setTimeout(writing ? warn : leave, WARNING);
  }

  function leave() {
    idleBar.hidden = true;
    chosen = null;
    enlarge(0);
    speak(data.language);
    over();
    window.scrollTo(0, 0);
  }

  // ---- start

  function restore() {
    const settings = kiosk ? {} : kept(ofBrowser, "shouwen");
    if (data.words[settings.language]) chosen = settings.language;
    if (SIZES[settings.size]) size = settings.size;
    speak(chosen || language);
    const tab = kept(ofTab, "shouwen");
    unended = Boolean(tab.unended);
    had = tab.had || null;
    log.classList.add("restored");
    (Array.isArray(tab.entries) ? tab.entries : []).forEach(restoreEntry);
    settle();
  }

  function restoreEntry(entry) {
    if (entry.state === "waiting") {
      entry.state = "failed"; // the page was left before the answer came
      entry.note = words.offline;
    }
    entries.push(entry);
    if (entry.who === "you") drawYours(entry);
    else drawTurn(entry);
  }

  function listen() {
    byId("ask").addEventListener("submit", (event) => {
      event.preventDefault();
      submit();
    });
    text.addEventListener("keydown", key);
    text.addEventListener("input", resize);
    byId("person").addEventListener("click", (event) => {
      if (isAsked("about:human")) return;
      const asked = { who: "you", text: words.person, choice: "about:human", language: language };
      const byKey = event.detail === 0;
      inTurn(() => ask(asked, byKey), asked);
    });
    byId("size").addEventListener("click", () => {
      enlarge((size + 1) % SIZES.length);
      resize();
      saveSettings();
    });
    byId("news").addEventListener("click", readNews);
    window.addEventListener("scroll", scrolled, { passive: true });
    document.addEventListener("visibilitychange", look);
    byId("print").addEventListener("click", () => window.print());
    byId("over").addEventListener("click", openConfirm);
    byId("confirm-yes").addEventListener("click", over);
    byId("confirm-no").addEventListener("click", closeConfirm);
    confirmBar.addEventListener("keydown", (event) => {
      if (event.key === "Escape") closeConfirm();
    });
    window.addEventListener("beforeprint", () => {
      const time = new Date().toLocaleString(language === "zh" ? "zh-CN" : language);
      document.querySelector(".printed").textContent = fill(words.printed, { time: time });
    });
    ["pointerdown", "touchstart", "keydown", "input", "wheel"].forEach((name) => {
      document.addEventListener(name, touched, { passive: true });
    });
  }

  restore();
  listen();
  touched();
  if (fine) text.focus({ preventScroll: true });
  // what was restored is not announced, what comes from now on is
  requestAnimationFrame(() => {
    log.setAttribute("aria-live", "polite");
    log.classList.remove("restored");
    const yours = log.querySelectorAll(".you");
    if (entries.length > 1 && yours.length) yours[yours.length - 1].scrollIntoView();
    (entries.length ? Promise.resolve() : greet()).then(look);
  });
})();
