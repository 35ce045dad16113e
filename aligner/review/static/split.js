// Where a row can be cut, and the caret that chooses.

import { el } from "./draw.js";

const STOPS = /[.!?…;:,—–]["»”)]*\s+$/;

/** The places at which a side can be cut: before each segment, after the last, and before each word. */
export function cutsOf(row, name, sheet) {
  const cuts = [];
  for (const place of row[name]) {
    const text = sheet[`${name}_segments`][place][0];
    cuts.push({ place, offset: 0, at: 0, isEdge: true });
    for (const match of text.matchAll(/\s+(?=\S)/g)) {
      const at = match.index + match[0].length;
      if (match.index > 0) cuts.push({ place, offset: [...text.slice(0, at)].length, at, isEdge: false, isStop: STOPS.test(text.slice(0, at)) });
    }
  }
  const last = row[name].at(-1);
  if (last !== undefined) cuts.push({ place: last + 1, offset: 0, at: 0, isEdge: true });
  else cuts.push({ place: 0, offset: 0, at: 0, isEdge: true });
  return cuts;
}

const lengths = (row, name, sheet) => row[name].map((place) => sheet[`${name}_segments`][place][0].length);

/** How much of the side stands before each cut, 0 to 1. */
function shares(row, name, sheet, cuts) {
  const own = lengths(row, name, sheet);
  const total = own.reduce((sum, length) => sum + length, 0) || 1;
  return cuts.map((cut) => {
    const whole = row[name].reduce((sum, place, number) => sum + (place < cut.place ? own[number] : 0), 0);
    return (whole + cut.at) / total;
  });
}

/** The likeliest cut of both sides: between segments where there are several, else after a stop near the middle. */
export function likelyCuts(row, sheet) {
  const cuts = { kk: cutsOf(row, "kk", sheet), ru: cutsOf(row, "ru", sheet) };
  const share = { kk: shares(row, "kk", sheet, cuts.kk), ru: shares(row, "ru", sheet, cuts.ru) };
  const inner = (name) => cuts[name].map((cut, number) => number).filter((number) => cuts[name][number].isEdge && share[name][number] > 0 && share[name][number] < 1);
  const edges = { kk: inner("kk"), ru: inner("ru") };
  const nearest = (name, numbers, target) => numbers.reduce((best, number) => (Math.abs(share[name][number] - target) < Math.abs(share[name][best] - target) ? number : best), numbers[0]);
  const chosen = { kk: cuts.kk.length - 1, ru: cuts.ru.length - 1 };
  if (edges.kk.length && edges.ru.length) {
    let best = Infinity;
    for (const kk of edges.kk)
      for (const ru of edges.ru) {
        const cost = Math.abs(share.kk[kk] - share.ru[ru]);
        if (cost < best) [best, chosen.kk, chosen.ru] = [cost, kk, ru];
      }
  } else if (edges.kk.length || edges.ru.length) {
    const name = edges.kk.length ? "kk" : "ru";
    chosen[name] = nearest(name, edges[name], 0.5);
  } else {
    for (const name of ["kk", "ru"]) {
      const inside = cuts[name].map((cut, number) => number).filter((number) => share[name][number] > 0 && share[name][number] < 1);
      const stops = inside.filter((number) => cuts[name][number].isStop);
      if (inside.length) chosen[name] = nearest(name, stops.length ? stops : inside, 0.5);
    }
  }
  return { cuts, chosen };
}

/** A side as it would be cut. */
export function cutSide(row, name, sheet, state) {
  const cut = state.cuts[name][state.chosen[name]];
  const cell = el("div", { class: `text ${name} cutting${state.side === name ? " active" : ""}`, role: "gridcell", lang: name });
  const caret = () => el("span", { class: "caret", "aria-hidden": "true" });
  for (const place of row[name]) {
    const text = sheet[`${name}_segments`][place][0];
    const paragraph = el("p", { class: "segment", "data-place": place });
    if (place < cut.place) paragraph.append(el("span", { class: "before" }, text));
    else if (place > cut.place || !cut.offset) {
      if (place === cut.place) paragraph.append(caret());
      paragraph.append(el("span", { class: "after" }, text));
    } else paragraph.append(el("span", { class: "before" }, text.slice(0, cut.at)), caret(), el("span", { class: "after" }, text.slice(cut.at)));
    cell.append(paragraph);
  }
  if (!row[name].includes(cut.place)) cell.lastElementChild?.append(caret());
  return cell;
}
