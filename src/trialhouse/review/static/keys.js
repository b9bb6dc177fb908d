// Comfort only: without it every page works by links and forms.
"use strict";

const items = () => [...document.querySelectorAll("li.alert")];
let at = -1;

function go(step) {
  const all = items();
  if (!all.length) return;
  // At either end the page after or before goes on.
  if (step > 0 && at === all.length - 1) follow("next");
  if (step < 0 && at === 0) follow("prev");
  at = Math.min(Math.max(at + step, 0), all.length - 1);
  all.forEach((item, number) => item.classList.toggle("chosen", number === at));
  all[at].querySelector("a").focus();
}

function follow(relation) {
  const link = document.querySelector(`a[rel="${relation}"]`);
  if (link) link.click();
}

function choose(action) {
  const choice = document.querySelector(`input[name=action][value=${action}]`);
  if (!choice) return;
  const folded = choice.closest("details");
  if (folded) folded.open = true;
  choice.click();
  choice.focus();
}

const keys = {
  j: () => (items().length ? go(1) : follow("next")),
  k: () => (items().length ? go(-1) : follow("prev")),
  u: () => follow("up"),
  x: () => items()[at]?.querySelector("input[type=checkbox]").click(),
  a: () => choose("acknowledge"),
  w: () => choose("waive"),
  r: () => choose("resolve"),
  o: () => choose("reopen"),
  "/": () => document.querySelector("input[type=search]")?.focus(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});
