// A row as elements. Texts only ever become text nodes.

import { hits } from "./search.js";

export const el = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
};

export const GLYPHS = { sure: "●", doubtful: "◐", poor: "○", alone: "∅" };

export const isAlone = (row) => !row.bare && (!row.kk.length || !row.ru.length);

export const bandOf = (row) => (isAlone(row) ? "alone" : row.score >= 0.8 ? "sure" : row.score >= 0.5 ? "doubtful" : "poor");

export const isOpen = (row) => !row.status && bandOf(row) !== "sure";

/** Code points → UTF-16 units. */
const unitsAt = (text, points) => {
  if (!/[\ud800-\udfff]/.test(text)) return points;
  return [...text].slice(0, points).join("").length;
};

/** The text with marks (`[start, end, kind]`, code points) and search hits (UTF-16 units) in it. */
export function textNodes(text, marks, query, words) {
  const spans = [
    ...marks.map(([start, end, kind]) => [unitsAt(text, start), unitsAt(text, end), kind]),
    ...hits(text, query).map(([start, end]) => [start, end, "hit"]),
  ].sort((a, b) => a[0] - b[0]);
  const nodes = [];
  let at = 0;
  for (const [start, end, kind] of spans) {
    if (start < at || end > text.length) continue;
    if (start > at) nodes.push(text.slice(at, start));
    nodes.push(el("mark", { class: kind, title: kind === "hit" ? undefined : words(`mark.${kind}`) }, text.slice(start, end)));
    at = end;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

/** The segments of a side as paragraphs; an edited text stands alone. */
export function side(row, name, sheet, marks, query, words) {
  const edited = row[`${name}_text`];
  const cell = el("div", { class: `text ${name}`, role: "gridcell", lang: name });
  if (edited !== undefined) {
    cell.append(el("p", { class: "segment" }, ...textNodes(edited, marks, query, words)));
    return cell;
  }
  if (!row[name].length) {
    cell.classList.add("none");
    cell.append(el("p", { lang: document.documentElement.lang }, words("row.none")));
    return cell;
  }
  let before = 0;
  for (const place of row[name]) {
    const [text, , heading] = sheet[`${name}_segments`][place];
    const length = [...text].length;
    const own = marks.filter(([start, end]) => start >= before && end <= before + length).map(([start, end, kind]) => [start - before, end - before, kind]);
    cell.append(el("p", { class: heading ? "segment heading" : "segment", "data-place": place }, ...textNodes(text, own, query, words)));
    before += length + 1;
  }
  return cell;
}

/** Whether a new paragraph begins with this row. */
export const opensBlock = (row, previous, sheet) =>
  ["kk", "ru"].some((name) => {
    if (!row[name].length) return false;
    const block = sheet[`${name}_segments`][row[name][0]][1];
    const last = previous?.[name]?.at(-1);
    return last === undefined ? !previous || !isAlone(previous) : sheet[`${name}_segments`][last][1] !== block;
  });
