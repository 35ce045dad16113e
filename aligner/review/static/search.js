// Finding text as people type it who have no Kazakh keyboard. folding.py does the same.

const LETTERS = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е", й: "и", i: "и" };

export const folded = (text) =>
  text
    .toLowerCase()
    .replace(/[әғқңөұүһіёйi]/g, (letter) => LETTERS[letter])
    .replace(/\s+/g, " ")
    .trim();

/** Where the query stands in the text: [start, end] pairs, in UTF-16 units. Letters fold one to one. */
export function hits(text, query) {
  const found = [];
  if (!query) return found;
  const plain = text.toLowerCase().replace(/[әғқңөұүһіёйi]/g, (letter) => LETTERS[letter]).replace(/\s/g, " ");
  if (plain.length !== text.length) return found;
  for (let at = plain.indexOf(query); at >= 0; at = plain.indexOf(query, at + query.length)) found.push([at, at + query.length]);
  return found;
}
