// Filters of the index: an abstract is shown when one of its errors fits all of them, and is ranked by how many do.
"use strict";
const names = ["field", "kind", "cause", "rule"];
const box = (name) => document.getElementById(name);
const list = document.querySelector(".documents");
const documents = [...list.children].map((node) => ({
  node,
  set: node.dataset.set,
  title: node.querySelector("summary").textContent.toLowerCase(),
  errors: [...node.querySelectorAll(".error")].map((error) => ({ error, words: error.textContent.toLowerCase() })),
}));

function show() {
  const chosen = names.filter((name) => box(name).value);
  const words = box("words").value.trim().toLowerCase();
  const some = chosen.length > 0 || words !== "";
  let all = 0;
  for (const one of documents) {
    let fitting = 0;
    const titled = words !== "" && one.title.includes(words);
    for (const { error, words: said } of one.errors) {
      const fits = chosen.every((name) => error.dataset[name] === box(name).value) && (words === "" || titled || said.includes(words));
      error.hidden = !fits;
      fitting += fits;
    }
    one.fitting = fitting;
    const shown = (!box("set").value || one.set === box("set").value) && (fitting > 0 || !some || (titled && !chosen.length));
    one.node.hidden = !shown;
    one.node.querySelector("details").open = box("open").checked;
    one.node.querySelector(".count").textContent = fitting;
    all += shown ? fitting : 0;
  }
  list.append(...documents.sort((a, b) => b.fitting - a.fitting).map((one) => one.node));
  box("count").textContent = `${all} errors in ${documents.filter((one) => !one.node.hidden).length} abstracts`;
  const asked = new URLSearchParams([...names, "set", "words"].filter((name) => box(name).value).map((name) => [name, box(name).value]));
  if (box("open").checked) asked.set("open", "1");
  history.replaceState(null, "", "#" + asked);
}

for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
  if (name === "open") box("open").checked = true;
  else if (box(name)) box(name).value = value;
}
const linked = location.hash.length > 1;
document.querySelector(".filters").addEventListener("input", show);
document.querySelector(".filters").addEventListener("reset", () => setTimeout(show));
for (const button of document.querySelectorAll("button[data-set]")) {
  button.addEventListener("click", () => {
    box(button.dataset.set).value = button.dataset.value;
    box("open").checked = true;
    show();
    document.querySelector(".filters").scrollIntoView();
  });
}
show();
if (linked) document.querySelector(".filters").scrollIntoView();
