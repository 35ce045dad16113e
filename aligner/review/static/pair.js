// The page of one pair: what is chosen, what the keys do, and what is drawn.

import { GLYPHS, bandOf, el, isAlone, isOpen, opensBlock, side } from "./draw.js";
import { VirtualList } from "./list.js";
import { difference, foretold, inverse, keyOf, moved, patched } from "./moves.js";
import { Saver, ask } from "./saver.js";
import { folded } from "./search.js";
import { cutSide, likelyCuts } from "./split.js";

const main = document.getElementById("main");
const pair = Number(main.dataset.pair);
const language = main.dataset.language;
const texts = JSON.parse(document.getElementById("words").textContent);
const numbers = new Intl.NumberFormat(language);
const percents = new Intl.NumberFormat(language, { style: "percent" });
/** What is neither nothing nor all is never rounded to that. */
const percent = (share) => percents.format(share > 0 && share < 1 ? Math.min(0.99, Math.max(0.01, share)) : share);
const plurals = new Intl.PluralRules(language);

const words = (key, values = {}) => {
  let text = texts[key] ?? key;
  if (typeof text !== "string") text = text[plurals.select(values.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (typeof values[name] === "number" ? numbers.format(values[name]) : (values[name] ?? whole)));
};

const byId = (id) => document.getElementById(id);
const grid = byId("list");

let sheet = null; // segments and documents
let confirmed = []; // the rows as the memory has them
let rows = []; // … with what is on its way
let view = []; // the numbers of the rows that are shown
let chosen = 0; // a number of a row
let column = "kk";
let filter = "all";
let query = "";
let picked = null; // the row that waits to be linked with another
let cutting = null; // where the chosen row would be split
const opened = new Set(); // rows whose reasons are shown
const marks = new Map(); // where texts differ, by the texts
const marked = new WeakSet(); // the rows that show them
let movedFrom = new Map(); // by row: the moved row whose Russian text belongs there
let movedTo = new Map(); // by moved row: the row by which its Russian text belongs
const searched = new Map(); // folded texts by row key
let done = []; // what takes the changes of this window back, the newest last; null where that can't be foretold
let undone = []; // … and what would do them again

// ---- what is shown ----

const said = (row, name) => row[`${name}_text`] ?? row[name].map((place) => sheet[`${name}_segments`][place][0]).join(" ");
const marksKey = (row) => `${said(row, "kk")}\n${said(row, "ru")}`;

const isWanted = (row) => {
  if (filter === "doubtful" && !(isOpen(row) && !isAlone(row))) return false;
  if (filter === "unaligned" && !(isAlone(row) && !row.status)) return false;
  if (filter === "reason" && !row.reasons?.length && !row.note) return false;
  if (!query) return true;
  const key = `${keyOf(row)}|${row.kk_text ?? ""}|${row.ru_text ?? ""}`;
  if (!searched.has(key)) searched.set(key, folded(`${said(row, "kk")} \u2028 ${said(row, "ru")}`));
  return searched.get(key).includes(query);
};

const list = new VirtualList(grid, {
  draw: (index) => drawRow(view[index]),
  identity: (index) => identity(view[index]),
  fit: (element, index) => {
    numberRow(element, view[index]);
    markRow(element, view[index]);
  },
  sized: (index) => keyOf(rows[view[index]]),
  drawn: point,
});

/** Everything that a row's looks depend on, but for its number and its marks. */
function identity(number) {
  const row = rows[number];
  const key = keyOf(row);
  const isChosen = number === chosen;
  return [
    row.bare && number, key, row.score, row.status, row.reviewer, row.note, row.kk_text, row.ru_text, row.moved,
    isChosen && column, isChosen && cutting && `${cutting.side}${cutting.chosen.kk},${cutting.chosen.ru}`,
    opened.has(key), picked === key, query, movedFrom.get(number), movedTo.get(number),
    rows[number - 1] && keyOf(rows[number - 1]),
  ].join("\u0001");
}

/** A row that stands elsewhere than before is the same but for its number: rows below a merge need not be drawn anew. */
function numberRow(element, number) {
  if (element.dataset.row === String(number)) return;
  element.id = `row-${number}`;
  element.dataset.row = number;
  element.setAttribute("aria-rowindex", number + 1);
  element.querySelector(".number").textContent = numbers.format(number + 1);
  const reasons = element.querySelector("[data-reasons]");
  if (reasons) reasons.dataset.reasons = number;
}

/** Marks come later than the texts. Only the texts are drawn anew, or a click on the row would be lost between two elements. */
function markRow(element, number) {
  if (marked.has(element) || (number === chosen && cutting)) return;
  const row = rows[number];
  const own = marks.get(marksKey(row));
  if (!own) return;
  const selection = document.getSelection();
  const isWithin = element.contains(selection.focusNode);
  if (isWithin && !selection.isCollapsed) return;
  const caret = isWithin ? caretAt(selection) : null;
  for (const [place, name] of ["kk", "ru"].entries()) if (own[place].length) element.querySelector(`.text.${name}`).replaceChildren(...side(row, name, sheet, own[place], query, words).childNodes);
  if (caret) putCaret(number, caret);
  marked.add(element);
}

function drawRow(number) {
  const row = rows[number];
  const key = keyOf(row);
  const band = bandOf(row);
  const isChosen = number === chosen;
  const known = marks.get(marksKey(row));
  const own = known ?? [[], []];
  const status = row.status && (isAlone(row) && row.status === "reviewed" ? "status.alone" : `status.${row.status}`);
  const element = el("div", {
    role: "row", id: `row-${number}`, "aria-rowindex": number + 1, "aria-selected": String(isChosen), "data-row": number,
    class: ["row", band, row.status, isChosen && "chosen", row.moved && "moved", opensBlock(row, rows[number - 1], sheet) && "opens", picked === key && "picked"].filter(Boolean).join(" "),
  });
  const state = el("div", { class: "state", role: "gridcell" },
    el("span", { class: "number", "aria-hidden": "true" }, numbers.format(number + 1)),
    el("span", { class: `glyph ${band}`, title: words(`confidence.${band}`) },
      el("span", { "aria-hidden": "true" }, GLYPHS[band]), el("span", { class: "hidden" }, words(`confidence.${band}`))),
    band !== "alone" && el("span", { class: "score" }, percent(row.score)),
    status && el("span", { class: `verdict ${row.status}`, title: row.reviewer ? `${words(status)} · ${row.reviewer}` : words(status) },
      el("span", { "aria-hidden": "true" }, row.status === "reviewed" ? "✓" : "✕"), el("span", { class: "hidden" }, words(status))),
  );
  element.append(state);
  for (const [place, name] of ["kk", "ru"].entries()) {
    const cell = isChosen && cutting ? cutSide(row, name, sheet, cutting) : side(row, name, sheet, own[place], query, words);
    if (isChosen && name === column && !cutting) cell.classList.add("active");
    element.append(cell);
  }
  element.append(drawAside(row, number, key, isChosen));
  if (known) marked.add(element);
  return element;
}

function drawAside(row, number, key, isChosen) {
  const aside = el("div", { class: "aside", role: "gridcell" });
  const reasons = row.reasons ?? [];
  const link = (text, to, kind) => el("button", { type: "button", class: `chip ${kind}`, "data-goto": to, tabindex: "-1" }, text);
  if (isChosen && cutting) aside.append(el("p", { class: "hint" }, words("split.hint")));
  if (picked === key) aside.append(el("span", { class: "chip picked" }, words("row.picked")));
  if (reasons.length) aside.append(el("button", { type: "button", class: "chip reasons", "data-reasons": number, tabindex: "-1", "aria-expanded": String(opened.has(key)) }, `△ ${words("row.reasons", { n: reasons.length })}`));
  if (row.kk_text !== undefined || row.ru_text !== undefined) aside.append(el("span", { class: "chip" }, `✎ ${words("row.edited")}`));
  if (movedTo.has(number)) aside.append(link(`⇅ ${words("row.moved", { n: movedTo.get(number) + 1 })}`, movedTo.get(number), "moved"));
  if (movedFrom.has(number)) aside.append(link(`⇅ ${words("row.moved_here", { n: movedFrom.get(number) + 1 })}`, movedFrom.get(number), "moved"));
  if (reasons.length && opened.has(key)) aside.append(el("ul", { class: "reasons" }, ...reasons.map((reason) => el("li", {}, reasonText(reason)))));
  if (row.note) aside.append(el("p", { class: "note" }, row.note));
  return aside;
}

/** A reason opens with its kind; what was seen follows. */
function reasonText(reason) {
  const kind = /^[a-z_]+/.exec(reason)?.[0] ?? "";
  if (!(`reason.${kind}` in texts)) return reason;
  const where = /^language (\w+) on the (kk|ru) side/.exec(reason);
  if (where) return `${words("reason.language")}: ${words("reason.language.detail", { language: texts[`language.${where[1]}`] ?? where[1], side: words(`side.${where[2]}`) })}`;
  const detail = /^(?:number_mismatch|name_missing|markup_missing|punctuation): (.+)$/.exec(reason)?.[1] ?? /^length_ratio ([\d.]+)/.exec(reason)?.[1];
  return detail ? `${words(`reason.${kind}`)}: ${detail.replaceAll("∅", "—")}` : words(`reason.${kind}`);
}

/** Find what is other now, and draw it, unless something else will. */
function refresh({ isDrawn = true } = {}) {
  view = [];
  rows.forEach((row, number) => isWanted(row) && view.push(number));
  findMoved();
  count();
  if (view.length && !view.includes(chosen)) chosen = view.find((number) => number > chosen) ?? view.at(-1);
  list.reset(view.length);
  if (byId("empty").hidden !== view.length > 0) {
    byId("empty").hidden = view.length > 0;
    grid.classList.toggle("empty", !view.length);
  }
  grid.setAttribute("aria-rowcount", rows.length);
  if (isDrawn) list.render();
  askForMarks();
}

/** A chosen row that was scrolled away is not in the page. */
function point() {
  const element = document.getElementById(`row-${chosen}`);
  if (element) grid.setAttribute("aria-activedescendant", element.id);
  else grid.removeAttribute("aria-activedescendant");
}

function findMoved() {
  movedTo = new Map();
  movedFrom = new Map();
  if (!rows.some((row) => row.moved)) return;
  const holder = new Map();
  rows.forEach((row, number) => !row.moved && row.ru.forEach((place) => holder.set(place, number)));
  rows.forEach((row, number) => {
    if (!row.moved || !row.ru.length) return;
    for (let place = row.ru[0] - 1; place >= -1; place -= 1) {
      const there = holder.get(place) ?? (place < 0 ? 0 : undefined);
      if (there === undefined || there === number) continue;
      movedTo.set(number, there);
      movedFrom.set(there, number);
      break;
    }
  });
}

const say = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

function count() {
  const counts = { all: rows.length, doubtful: 0, unaligned: 0, reason: 0 };
  let seen = 0;
  for (const row of rows) {
    if (row.status) seen += 1;
    else if (isOpen(row)) counts[isAlone(row) ? "unaligned" : "doubtful"] += 1;
    if (row.reasons?.length || row.note) counts.reason += 1;
  }
  for (const element of document.querySelectorAll("[data-count]")) say(element, numbers.format(counts[element.dataset.count]));
  say(byId("counts"), `${words("counts.rows", { n: rows.length })} · ${words("counts.done", { n: seen })}`);
}

let marksTimer = 0;
function askForMarks() {
  clearTimeout(marksTimer);
  marksTimer = setTimeout(async () => {
    const wanted = [...new Set(view.slice(list.first, list.first + list.window.children.length).map((number) => rows[number]).filter((row) => !isAlone(row)).map(marksKey))].filter((key) => !marks.has(key));
    if (!wanted.length) return;
    try {
      const answer = await ask("/marks", { texts: wanted.map((key) => key.split("\n")) });
      wanted.forEach((key, place) => marks.set(key, answer.marks[place]));
      list.render();
    } catch {
      // Without marks the page is poorer, but whole.
    }
  }, 120);
}
grid.addEventListener("scroll", askForMarks, { passive: true });

// ---- choosing ----

function choose(number, { reveal = true } = {}) {
  if (number === undefined || number < 0 || number >= rows.length) return;
  chosen = number;
  cutting = null;
  const index = reveal ? view.indexOf(number) : -1;
  if (index >= 0) list.reveal(index);
  else list.render();
}

const step = (by) => {
  const at = view.indexOf(chosen);
  choose(view[Math.max(0, Math.min(view.length - 1, (at < 0 ? 0 : at) + by))]);
};

function nextOpen(direction = 1) {
  const total = view.length;
  const at = Math.max(0, view.indexOf(chosen));
  for (let far = 1; far <= total; far += 1) {
    const number = view[(((at + direction * far) % total) + total) % total];
    if (isOpen(rows[number]) && keyOf(rows[number]) !== picked) return choose(number);
  }
  tell(words("all_done"));
}

// ---- changing ----

const bead = (row) => ({ kk: row.kk, ru: row.ru });
/** A place by which a row is found again whatever happens to its neighbours. */
const anchorOf = (row) => row && (row.kk.length ? ["kk", row.kk[0]] : ["ru", row.ru[0]]);
/** … by one that stays in it, where a segment is given away. */
const stayingAnchor = (row, kind, { side: name, step: by }) => {
  if (kind !== "shift") return anchorOf(row);
  const stay = by > 0 ? row[name].slice(0, -1) : row[name].slice(1);
  return anchorOf({ ...row, [name]: stay }) ?? null;
};
const numberOf = (anchor) => (anchor?.[1] !== undefined ? rows.findIndex((row) => row[anchor[0]].includes(anchor[1])) : -1);

const saver = new Saver(pair, {
  arrived,
  declined,
  failed,
  waiting: (isWaiting) => {
    byId("saved").textContent = words(isWaiting ? "saving" : "saved");
    byId("saved").dataset.state = isWaiting ? "saving" : "saved";
  },
});

function change(kind, more = {}, { goOn = false } = {}) {
  const row = rows[chosen];
  if (!row || row.bare) return tell(words(row ? "bare" : "nothing"));
  const sent = { kind, bead: bead(row), ...more };
  const anchor = stayingAnchor(row, kind, more);
  const before = view.indexOf(chosen);
  saver.add(sent);
  rows = moved(rows, sent);
  cutting = null;
  refresh({ isDrawn: false });
  const found = numberOf(anchor);
  if (goOn && view.length) {
    const stays = view.indexOf(found);
    choose(view[Math.min(stays < 0 ? before : stays + 1, view.length - 1)]);
  } else if (found >= 0) choose(view.includes(found) ? found : (view[Math.min(before, view.length - 1)] ?? found));
  else list.render();
  if (kind !== "edit" && kind !== "note") announce(words(`done.${kind}`));
}

/** Undo or redo: shown at once where this window knows what it brings, else when the answer is there. */
function turn(kind) {
  saver.add({ kind });
  const before = rows;
  rows = foretold(confirmed, saver.pending, done, undone);
  const { start, removed, beads } = difference(rows, before);
  if (!removed && !beads.length) return;
  cutting = null;
  refresh({ isDrawn: false });
  choose(Math.min(start, rows.length - 1));
}

/** Keep what takes an answered change back. */
function remember(change, back) {
  if (change.kind === "undo" && change.change === undefined) {
    done.pop();
    undone.push(back);
  } else if (change.kind === "redo") {
    undone.pop();
    done.push(back);
  } else if (change.kind === "undo") {
    done = [];
    undone = [];
  } else {
    done.push(back);
    undone = [];
  }
}

/** What still waits is done again upon the confirmed rows, and the chosen one is found among them. */
function foresee({ isCountedAnew = false } = {}) {
  const looked = rows[chosen];
  rows = foretold(confirmed, saver.pending, done, undone);
  const found = isCountedAnew ? -1 : numberOf(anchorOf(looked));
  chosen = found >= 0 ? found : Math.max(0, Math.min(chosen, rows.length - 1));
  // What was mended around a change may be the very row that is about to be split.
  if (cutting && (isCountedAnew || !rows[chosen] || keyOf(rows[chosen]) !== keyOf(looked))) cutting = null;
}

/** An answer: the confirmed rows change. */
function arrived(change, delta) {
  remember(change, delta.sheet ? null : inverse(confirmed, delta));
  const top = grid.scrollTop;
  if (delta.sheet) {
    sheet = delta.sheet;
    confirmed = sheet.beads;
    searched.clear();
  } else confirmed = patched(confirmed, delta);
  foresee({ isCountedAnew: Boolean(delta.sheet) });
  const isJump = ["undo", "redo"].includes(change.kind);
  refresh();
  if (isJump) {
    tell(words(`done.${change.kind}`));
    if (!saver.pending.length && delta.start < rows.length) choose(delta.start);
  } else if (grid.scrollTop !== top && !delta.sheet) grid.scrollTop = top;
  grid.dataset.revision = delta.revision;
}

/** A change that can't be made leaves everything saved; what waits behind it is done without it. */
function declined(change, error) {
  foresee();
  refresh();
  const isTurn = ["undo", "redo"].includes(change.kind) && error.code === "nothing";
  tell(words(isTurn ? `nothing.${change.kind}` : error.code));
}

async function failed(error) {
  byId("saved").dataset.state = "failed";
  byId("saved").textContent = words("not_saved");
  if (error.code === "conflict") {
    if (await load()) warn(words("conflict"));
  } else {
    foresee();
    refresh();
    warn(words({ missing: "gone", offline: "offline" }[error.code] ?? "failed"));
  }
}

const verdict = (kind, status) => change(rows[chosen]?.status === status ? "clear" : kind, {}, { goOn: rows[chosen]?.status !== status });

function linkHere() {
  const row = rows[chosen];
  if (!row || row.bare) return;
  const key = keyOf(row);
  if (picked === key) picked = null;
  else if (picked) {
    const other = rows.find((each) => keyOf(each) === picked);
    picked = null;
    if (other) return change("link", { other: bead(other) });
  } else {
    picked = key;
    // The likeliest partner is the nearest loose row of the other side.
    const wanted = row.kk.length ? "ru" : "kk";
    const loose = view.filter((number) => number !== chosen && isAlone(rows[number]) && rows[number][wanted].length);
    loose.sort((a, b) => Math.abs(a - chosen) - Math.abs(b - chosen));
    if (isAlone(row) && loose.length) choose(loose[0]);
    announce(words("row.picked"));
  }
  refresh();
}

/** Between sentences on both sides it needs no more than the key; else, and if asked, a caret chooses the place. */
function split(isAsked) {
  const row = rows[chosen];
  if (!row || row.bare || row.kk.length + row.ru.length === 0) return;
  const { cuts, chosen: likely } = likelyCuts(row, sheet);
  cutting = { cuts, chosen: likely, side: row[column].length ? column : column === "kk" ? "ru" : "kk" };
  const caret = caretInRow(row);
  if (!caret && !isAsked && row.kk.length > 1 && row.ru.length > 1) return cutHere();
  if (caret) {
    const own = cuts[caret.side];
    const distance = (cut) => Math.abs((cut.place - caret.place) * 1e6 + cut.at - caret.at);
    cutting.side = caret.side;
    cutting.chosen[caret.side] = own.reduce((best, cut, number) => (distance(cut) < distance(own[best]) ? number : best), 0);
  }
  list.render();
  list.reveal(view.indexOf(chosen));
  announce(words("split.hint"));
}

/** Where the mouse has set the caret within the chosen row. */
function caretInRow(row) {
  const selection = document.getSelection();
  const paragraph = selection?.focusNode?.parentElement?.closest("p.segment[data-place]");
  if (!paragraph || paragraph.closest(".row")?.dataset.row !== String(chosen)) return null;
  const name = paragraph.closest(".kk") ? "kk" : "ru";
  const place = Number(paragraph.dataset.place);
  if (!row[name].includes(place)) return null;
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(selection.focusNode, selection.focusOffset);
  return { side: name, place, at: range.toString().length };
}

function cutHere() {
  const cut = (name) => {
    const { place, offset } = cutting.cuts[name][cutting.chosen[name]];
    return { place, offset };
  };
  change("split", { kk: cut("kk"), ru: cut("ru") });
}

function splitKey(event, key) {
  const own = cutting.cuts[cutting.side];
  const at = cutting.chosen[cutting.side];
  const edges = (direction) => {
    for (let number = at + direction; number >= 0 && number < own.length; number += direction) if (own[number].isEdge) return number;
    return at;
  };
  if (key === "Escape") cutting = null;
  else if (key === "ArrowLeft") cutting.chosen[cutting.side] = Math.max(0, at - 1);
  else if (key === "ArrowRight") cutting.chosen[cutting.side] = Math.min(own.length - 1, at + 1);
  else if (key === "ArrowUp") cutting.chosen[cutting.side] = edges(-1);
  else if (key === "ArrowDown") cutting.chosen[cutting.side] = edges(1);
  else if (key === "Tab") cutting.side = cutting.side === "kk" ? "ru" : "kk";
  else if (key === "Enter" || key === "s") {
    event.preventDefault();
    return cutHere();
  } else return undefined;
  event.preventDefault();
  return list.render();
}

// ---- dialogs ----

let asking = null; // the dialog that asks or tells about a row, and what takes its fields

function open(dialog, taken) {
  dialog.returnValue = "cancel";
  dialog.showModal();
  asking = { dialog, taken };
}

/** Browsers tell of a closed dialog a moment later, when the next key may have chosen another row: what closes it settles it. */
function shut(dialog, value) {
  dialog.close(value);
  settle(dialog);
}
function settle(dialog) {
  if (dialog.open || asking?.dialog !== dialog) return;
  const { taken } = asking;
  asking = null;
  if (dialog.returnValue === "save") taken?.();
  grid.focus();
}

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    // The key that opened a panel without fields closes it.
    const opener = { help: "?", story: "h" }[dialog.id];
    if (opener && letterOf(event) === opener && !event.ctrlKey && !event.metaKey) shut(dialog, "cancel");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      shut(dialog, "save");
    }
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    shut(dialog, event.submitter?.value ?? "cancel");
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    shut(dialog, "cancel");
  });
  // Where a browser closes a dialog by itself.
  dialog.addEventListener("close", () => settle(dialog));
  dialog.addEventListener("click", (event) => event.target === dialog && shut(dialog, "cancel"));
}

function edit() {
  const row = rows[chosen];
  if (!row || row.bare || isAlone(row)) return tell(words("nothing"));
  const dialog = byId("editor");
  const anchor = anchorOf(row);
  const original = { kk: said({ ...row, kk_text: undefined }, "kk"), ru: said({ ...row, ru_text: undefined }, "ru") };
  for (const area of dialog.querySelectorAll("textarea")) {
    area.value = said(row, area.name);
    const note = area.parentElement.querySelector(".original");
    note.hidden = row[`${area.name}_text`] === undefined;
    note.querySelector("q").textContent = original[area.name];
  }
  open(dialog, () => {
    const values = Object.fromEntries([...dialog.querySelectorAll("textarea")].map((area) => [area.name, area.value.replace(/\s+/g, " ").trim()]));
    const now = numberOf(anchor);
    if (now < 0) return;
    const more = {};
    for (const name of ["kk", "ru"]) if (values[name] && values[name] !== said(rows[now], name)) more[name] = values[name];
    if (!Object.keys(more).length) return;
    choose(now);
    change("edit", more);
    tell(words("done.edit"));
  });
  dialog.querySelector(`textarea[name=${column}]`).focus();
  return undefined;
}

function note() {
  const row = rows[chosen];
  if (!row || row.bare) return tell(words("nothing"));
  const dialog = byId("noter");
  const area = dialog.querySelector("textarea");
  const anchor = anchorOf(row);
  area.value = row.note ?? "";
  open(dialog, () => {
    const now = numberOf(anchor);
    if (now < 0 || area.value.trim() === (rows[now].note ?? "")) return;
    choose(now);
    change("note", { note: area.value });
    tell(words("done.note"));
  });
  area.focus();
  return undefined;
}

// ---- what happened to a row ----

/** Dates as the browser's own variant of the language writes them. */
const locale = navigator.languages.find((each) => each.split("-")[0] === language) ?? language;
// Browsers have no Kazakh names of months; in figures the date is written as in Russian.
const moment = language === "kk" ? new Intl.DateTimeFormat("ru", { dateStyle: "short", timeStyle: "short" }) : new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const when = (text) => el("time", { datetime: text }, moment.format(new Date(text)));

async function story() {
  const row = rows[chosen];
  if (!row || row.bare) return tell(words("nothing"));
  const dialog = byId("story");
  const shown = dialog.querySelector("ol");
  shown.replaceChildren(el("li", {}, words("story.loading")));
  dialog.querySelector(".of").replaceChildren(...["kk", "ru"].filter((name) => said(row, name)).map((name) => el("span", { lang: name }, said(row, name))));
  open(dialog);
  dialog.focus();
  const anchor = anchorOf(row);
  try {
    // What still waits belongs to the story, too, and may have made another row of this one.
    await saver.idle();
    const { events } = await ask(`/pairs/${pair}/story`, { bead: bead(rows[numberOf(anchor)] ?? row) });
    shown.replaceChildren(...events.map(told));
  } catch (error) {
    shown.replaceChildren(el("li", {}, words({ conflict: "changed_elsewhere", missing: "gone", offline: "offline" }[error.code] ?? "failed")));
  }
  return undefined;
}

function told(event) {
  return el("li", { class: event.undone ? "undone" : undefined },
    el("p", { class: "what" }, words(`story.${event.kind}`)),
    el("p", { class: "who" }, `${event.who} · `, when(event.at)),
    ...["kk", "ru"].filter((name) => event[name]).map((name) => el("q", { lang: name }, event[name])),
    event.note && el("q", {}, event.note),
    event.undone && el("p", { class: "who" }, `${words("story.undone")}: ${event.undone.who} · `, when(event.undone.at)),
    event.open && el("button", { type: "button", "data-take-back": event.id }, words("story.take_back")),
  );
}

// ---- what is said ----

let toastTimer = 0;
const announce = (text) => {
  byId("live").textContent = text;
};
function tell(text) {
  announce(text);
  const toast = byId("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), 2500);
}
function warn(text) {
  const box = byId("conflict");
  box.querySelector("p").textContent = text;
  box.hidden = false;
}
byId("conflict").querySelector("button").addEventListener("click", () => {
  byId("conflict").hidden = true;
  grid.focus();
});

// ---- keys and clicks ----

const FILTERS = ["all", "doubtful", "unaligned", "reason"];
function setFilter(name) {
  filter = name;
  for (const button of document.querySelectorAll("[data-filter]")) button.setAttribute("aria-pressed", String(button.dataset.filter === name));
  cutting = null;
  refresh();
  list.reveal(view.indexOf(chosen));
}
function swap() {
  const isSwapped = document.body.classList.toggle("swapped");
  byId("swap").setAttribute("aria-pressed", String(isSwapped));
  try {
    localStorage.setItem("qostil.swapped", isSwapped ? "1" : "");
  } catch {
    // A browser that keeps nothing forgets this too.
  }
}
function toggleReasons(number = chosen) {
  const row = rows[number];
  if (!row) return;
  const key = keyOf(row);
  if (!row.reasons?.length) return tell(words("nothing.reasons"));
  if (!opened.delete(key)) opened.add(key);
  list.forget(view.indexOf(number));
  list.render();
}
const pickColumn = (left) => {
  const isSwapped = document.body.classList.contains("swapped");
  column = left !== isSwapped ? "kk" : "ru";
  list.render();
};

const DO = {
  accept: () => verdict("accept", "reviewed"),
  reject: () => verdict("reject", "rejected"),
  next: () => nextOpen(1),
  previous: () => nextOpen(-1),
  merge: () => (chosen + 1 < rows.length ? change("merge") : tell(words("nothing"))),
  split: () => split(false),
  cut: () => split(true),
  up: () => (rows[chosen]?.[column].length && chosen > 0 ? change("shift", { side: column, step: -1 }) : tell(words("nothing"))),
  down: () => (rows[chosen]?.[column].length && chosen + 1 < rows.length ? change("shift", { side: column, step: 1 }) : tell(words("nothing"))),
  unlink: () => (rows[chosen] && !isAlone(rows[chosen]) ? change("unlink") : tell(words("nothing"))),
  link: linkHere,
  edit,
  note,
  reasons: () => toggleReasons(),
  undo: () => turn("undo"),
  redo: () => turn("redo"),
  story,
  help: () => byId("help").showModal(),
  search: () => byId("search").focus(),
  filter: () => setFilter(FILTERS[(FILTERS.indexOf(filter) + 1) % FILTERS.length]),
  swap,
};
const KEYS = { a: "accept", x: "reject", n: "next", m: "merge", s: "split", u: "up", d: "down", k: "unlink", l: "link", e: "edit", c: "note", r: "reasons", z: "undo", y: "redo", h: "story", f: "filter", w: "swap", "?": "help", "/": "search" };

/** The Latin letter of a key, whatever layout is on: people type Kazakh and Russian. */
const letterOf = (event) => {
  if (/^[a-z?/]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key;
};

document.addEventListener("keydown", (event) => {
  if (!sheet || document.querySelector("dialog[open]")) return;
  const isTyping = event.target.matches("input, textarea, select");
  const key = letterOf(event);
  if (isTyping) {
    if (event.key === "Escape" || event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      grid.focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    if (key === "z") (event.preventDefault(), event.shiftKey ? DO.redo() : DO.undo());
    else if (key === "y") (event.preventDefault(), DO.redo());
    else if (key === "f") (event.preventDefault(), byId("search").select(), byId("search").focus());
    return;
  }
  if (event.altKey) return;
  if (cutting) {
    splitKey(event, key);
    return;
  }
  const isOnButton = event.target.matches("button, a, summary") && ["Enter", " ", "Tab"].includes(event.key);
  if (isOnButton) return;
  const page = Math.max(1, Math.floor(grid.clientHeight / 110));
  const motion = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -rows.length, End: rows.length }[event.key];
  if (motion) step(motion);
  else if (event.key === "ArrowLeft") pickColumn(true);
  else if (event.key === "ArrowRight") pickColumn(false);
  else if (event.key === "Escape") {
    if (picked) {
      picked = null;
      list.render();
    } else if (query) {
      byId("search").value = "";
      find();
    } else return;
  } else if (key === "n" && event.shiftKey) DO.previous();
  else if (key === "s" && event.shiftKey) DO.cut();
  else if (KEYS[key]) DO[KEYS[key]]();
  else return;
  event.preventDefault();
});

byId("story").addEventListener("click", (event) => {
  const number = event.target.closest("[data-take-back]")?.dataset.takeBack;
  if (!number) return;
  shut(byId("story"), "cancel");
  saver.add({ kind: "undo", change: Number(number) });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button, [data-row]");
  if (!button || !sheet) return;
  const row = event.target.closest("[data-row]");
  if (button.dataset.do) {
    DO[button.dataset.do]();
    if (!["edit", "note", "help", "story"].includes(button.dataset.do)) grid.focus({ preventScroll: true });
  } else if (button.dataset.filter) setFilter(button.dataset.filter);
  else if (button.id === "swap") swap();
  else if (button.dataset.goto) {
    if (!view.includes(Number(button.dataset.goto))) setFilter("all");
    choose(Number(button.dataset.goto));
  } else if (button.dataset.reasons) {
    choose(Number(button.dataset.reasons), { reveal: false });
    toggleReasons();
  } else if (row) {
    const cell = event.target.closest(".text");
    const number = Number(row.dataset.row);
    if (cell) column = cell.classList.contains("kk") ? "kk" : "ru";
    if (cutting && number === chosen) return;
    const selection = document.getSelection();
    const kept = selection?.isCollapsed ? caretAt(selection) : null;
    if (!selection || selection.isCollapsed) {
      choose(number, { reveal: false });
      if (kept) putCaret(number, kept);
    }
  }
});

/** Drawing a row anew loses the caret; it is put back. */
function caretAt(selection) {
  const paragraph = selection.focusNode?.parentElement?.closest("p.segment[data-place]");
  if (!paragraph) return null;
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(selection.focusNode, selection.focusOffset);
  return { side: paragraph.closest(".kk") ? "kk" : "ru", place: paragraph.dataset.place, at: range.toString().length };
}
function putCaret(number, { side: name, place, at }) {
  const paragraph = document.querySelector(`#row-${number} .${name} p.segment[data-place="${place}"]`);
  if (!paragraph) return;
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let left = at;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) {
      document.getSelection().collapse(node, left);
      return;
    }
    left -= node.length;
  }
}

let searchTimer = 0;
function find() {
  clearTimeout(searchTimer);
  const wanted = folded(byId("search").value);
  if (wanted === query) return;
  query = wanted;
  refresh();
  list.reveal(view.indexOf(chosen));
}
byId("search").addEventListener("input", () => {
  clearTimeout(searchTimer);
  searchTimer = setTimeout(find, 60);
});
// The next key is meant for what was found.
byId("search").addEventListener("blur", find);

// ---- loading ----

/** Whether the pair was loaded; not where something has happened meanwhile that makes it old. */
async function load(isStillWanted = () => true) {
  let loaded;
  try {
    loaded = await ask(`/pairs/${pair}/sheet`);
  } catch (error) {
    warn(words(error.code === "missing" ? "gone" : "offline"));
    return false;
  }
  if (!isStillWanted()) return false;
  sheet = loaded;
  confirmed = sheet.beads;
  done = [];
  undone = [];
  saver.revision = sheet.revision;
  searched.clear();
  // A key that was pressed while this was under way is not lost: it waits still.
  foresee();
  for (const name of ["kk", "ru"]) byId(`${name}-title`).textContent = sheet[name].title ?? sheet[name].name.split(/[\\/]/).at(-1);
  document.title = `${sheet.kk.title ?? sheet.kk.name} · Qostil`;
  if (rows.some((row) => row.bare)) warn(words("bare"));
  refresh();
  grid.dataset.revision = sheet.revision;
  return true;
}

/** Another window may have changed the pair while this one was not looked at. A key pressed meanwhile finds it out itself. */
async function look() {
  const known = saver.revision;
  const isIdle = () => !saver.isBusy && saver.revision === known;
  if (!sheet || !isIdle() || document.visibilityState !== "visible") return;
  try {
    const { revision } = await ask(`/pairs/${pair}/revision`);
    if (isIdle() && revision !== known && (await load(isIdle))) tell(words("changed_elsewhere"));
  } catch (error) {
    if (error.code === "missing") warn(words("gone"));
  }
}
document.addEventListener("visibilitychange", look);
window.addEventListener("focus", look);

window.addEventListener("beforeunload", (event) => saver.pending.length && event.preventDefault());

try {
  if (localStorage.getItem("qostil.swapped")) swap();
} catch {
  // See swap.
}
if (await load()) {
  const first = rows.findIndex(isOpen);
  if (first >= 0) choose(first);
  grid.focus({ preventScroll: true });
  main.dataset.ready = "true";
}
