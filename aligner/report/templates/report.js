"use strict";
// The page is whole without this: it only adds the filter, and opens what a link points into.
{
  const field = document.getElementById("filter");
  if (field) {
    const rows = [...document.querySelectorAll("table.pairs tbody tr")];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    field.closest(".filter").hidden = rows.length < 8;
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach((row, place) => {
        row.hidden = !words.every((word) => texts[place].includes(word));
      });
    });
  }
}
