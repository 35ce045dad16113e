// What each key does to the rows at once, before the server has answered. The server does the same in rows.py.

const keys = new WeakMap();
/** What names a row: the segments it holds. Rows never change, so it is made once. */
export const keyOf = (row) => {
  let key = keys.get(row);
  if (key === undefined) keys.set(row, (key = `${row.kk}|${row.ru}`));
  return key;
};

const fixed = (row) => ({ ...row, status: "reviewed" });

const joined = (first, second) => ({
  kk: [...first.kk, ...second.kk].sort((a, b) => a - b),
  ru: [...first.ru, ...second.ru].sort((a, b) => a - b),
  score: (first.score + second.score) / 2,
  status: "reviewed",
  note: [first.note, second.note].filter(Boolean).join("\n") || undefined,
});

const withSide = (row, side, places) => {
  const { kk_text, ru_text, reasons, ...rest } = row;
  const kept = side === "kk" ? { ru_text } : { kk_text };
  return { ...rest, ...Object.fromEntries(Object.entries(kept).filter(([, text]) => text !== undefined)), [side]: places };
};

const hasBoth = (row) => row.kk.length > 0 && row.ru.length > 0;

export const placeOf = (rows, bead) => {
  const key = keyOf(bead);
  return rows.findIndex((row) => keyOf(row) === key);
};

/** The rows with some replaced by others: `start`, how many go (`removed`), and what comes (`beads`). */
export const patched = (rows, { start, removed, beads }) => [...rows.slice(0, start), ...beads, ...rows.slice(start + removed)];

/** What undoes such a replacement of `rows`. */
export const inverse = (rows, { start, removed, beads }) => ({ start, removed: beads.length, beads: rows.slice(start, start + removed) });

/** What makes `before` of `after`: rows are never changed, so the same row is the same object. */
export function difference(after, before) {
  let start = 0;
  let [afterEnd, beforeEnd] = [after.length, before.length];
  while (start < Math.min(afterEnd, beforeEnd) && after[start] === before[start]) start += 1;
  while (Math.min(afterEnd, beforeEnd) > start && after[afterEnd - 1] === before[beforeEnd - 1]) [afterEnd, beforeEnd] = [afterEnd - 1, beforeEnd - 1];
  return { start, removed: afterEnd - start, beads: before.slice(start, beforeEnd) };
}

/**
 * The rows after changes that wait. `done` and `undone` take back, and do again, what was answered (the newest last);
 * null where that is not known: what comes after such a turn is not foretold either.
 */
export function foretold(rows, changes, done, undone) {
  let [past, future] = [[...done], [...undone]];
  for (const change of changes) {
    const [from, to] = change.kind === "redo" ? [future, past] : [past, future];
    if (change.kind !== "undo" && change.kind !== "redo") {
      const next = moved(rows, change);
      past.push(next === rows ? null : difference(next, rows));
      future = [];
      rows = next;
      continue;
    }
    const patch = change.change === undefined ? from.pop() : null;
    if (patch) {
      to.push(inverse(rows, patch));
      rows = patched(rows, patch);
    } else [past, future] = [[], []];
  }
  return rows;
}

/** The rows after a change; the same array where it says nothing that can be foretold. */
export function moved(rows, change) {
  if (!change.bead) return rows;
  const at = placeOf(rows, change.bead);
  if (at < 0) return rows;
  const row = rows[at];
  const put = (count, ...made) => [...rows.slice(0, at), ...made, ...rows.slice(at + count)];
  switch (change.kind) {
    case "accept":
      return put(1, fixed(row));
    case "reject":
      return put(1, { ...row, status: "rejected" });
    case "clear": {
      const { status, reviewer, ...rest } = row;
      return put(1, rest);
    }
    case "note":
      return put(1, { ...row, note: change.note.trim() || undefined });
    case "edit":
      return put(1, { ...fixed(row), kk_text: change.kk ?? row.kk_text, ru_text: change.ru ?? row.ru_text });
    case "merge":
      return at + 1 < rows.length ? put(2, joined(row, rows[at + 1])) : rows;
    case "split": {
      if (change.kk.offset || change.ru.offset) return rows;
      const part = (test) => ({ kk: row.kk.filter((place) => test(place, change.kk)), ru: row.ru.filter((place) => test(place, change.ru)), score: row.score });
      const parts = [part((place, cut) => place < cut.place), part((place, cut) => place >= cut.place)];
      const isMeant = parts.map((each) => Math.min(each.kk.length, each.ru.length) === 1);
      if (!isMeant.some(Boolean)) isMeant[0] = hasBoth(parts[0]);
      const made = parts.map((each, place) => (isMeant[place] ? fixed(each) : { ...each, score: hasBoth(each) ? each.score : 0 }));
      made[0].note = row.note;
      return put(1, ...made);
    }
    case "shift": {
      const to = at + change.step;
      const own = row[change.side];
      if (!own.length || to < 0 || to >= rows.length) return rows;
      const goes = change.step > 0 ? own[own.length - 1] : own[0];
      const left = withSide(row, change.side, own.filter((place) => place !== goes));
      const got = withSide(rows[to], change.side, [...rows[to][change.side], goes].sort((a, b) => a - b));
      const result = rows.slice();
      result[at] = hasBoth(left) ? fixed(left) : { ...left, score: 0, status: undefined };
      result[to] = got;
      return result.filter((each) => each.kk.length || each.ru.length);
    }
    case "unlink": {
      if (!hasBoth(row)) return rows;
      const alone = [
        ...row.kk.map((place) => ({ kk: [place], ru: [], score: 0, status: "reviewed" })),
        ...row.ru.map((place) => ({ kk: [], ru: [place], score: 0, status: "reviewed" })),
      ];
      alone[0].note = row.note;
      return put(1, ...alone);
    }
    case "link": {
      const other = placeOf(rows, change.other);
      if (other < 0 || other === at) return rows;
      const keeps = row.kk.length || !rows[other].kk.length ? at : other;
      const goes = keeps === at ? other : at;
      const made = joined(rows[Math.min(at, other)], rows[Math.max(at, other)]);
      return rows.map((each, place) => (place === keeps ? made : each)).filter((_, place) => place !== goes);
    }
    default:
      return rows;
  }
}
