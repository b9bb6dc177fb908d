// Keys of an abstract's page: j and k go from error to error in the text, h and l to the abstracts beside it.
"use strict";
const errors = [...document.querySelectorAll(".text mark.wrong, .text mark.missed, .text mark.mistaken")];
let at = -1;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step && errors.length) {
    at = (at + step + errors.length) % errors.length;
    location.replace("#" + errors[at].id);
  }
  const beside = document.getElementById({ h: "before", l: "behind" }[event.key]);
  if (beside) location.href = beside.href;
});
// A number in a table shows its place in the text while the pointer is on it.
for (const chip of document.querySelectorAll("a.chip")) {
  const mark = document.getElementById(chip.hash.slice(1));
  if (!mark) continue;
  chip.addEventListener("mouseenter", () => mark.classList.add("pointed"));
  chip.addEventListener("mouseleave", () => mark.classList.remove("pointed"));
}
