// Narrows the list of reports by words and by choice; nothing is loaded.
(() => {
  "use strict";
  const form = document.getElementById("find");
  const status = form.querySelector("[role=status]");
  const flat = (text) => text.normalize("NFC").toLowerCase();
  const entries = [...document.querySelectorAll(".entry")].map((shown) => ({
    shown,
    words: flat(shown.textContent + " " + shown.dataset.question),
    government: shown.dataset.government.split("|"),
    year: [shown.dataset.year],
    question: [shown.dataset.question],
    language: [shown.dataset.language],
  }));

  function narrow() {
    const wanted = new FormData(form);
    const words = flat(wanted.get("word")).split(/\s+/).filter((word) => word);
    wanted.delete("word");
    const choices = [...wanted].filter(([, value]) => value);
    let count = 0;
    for (const entry of entries) {
      const fits = words.every((word) => entry.words.includes(word))
        && choices.every(([name, value]) => entry[name].includes(value));
      entry.shown.hidden = !fits;
      if (fits) count += 1;
    }
    for (const group of document.querySelectorAll(".group"))
      group.hidden = !group.querySelector(".entry:not([hidden])");
    status.textContent = count ? status.dataset.many.replace("#", count) : status.dataset.none;
  }

  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(narrow));
  form.hidden = false;
  narrow();
})();
