// Accept or strike proposals with the keyboard; says the command that takes over what is accepted. Nothing is stored or sent.
(() => {
  "use strict";
  const items = [...document.querySelectorAll(".proposal")];
  const boxes = items.map((item) => item.querySelector("input"));
  const command = document.getElementById("command");
  const tally = document.getElementById("tally");

  function said() {
    const struck = items.filter((_, n) => !boxes[n].checked).map((item) => item.dataset.number);
    command.value = command.dataset.begin + (struck.length ? ` --strike ${struck.join(",")}` : "") + command.dataset.end;
    tally.textContent = tally.dataset.words.replace("#", items.length - struck.length).replace("#", items.length);
    items.forEach((item, n) => document.getElementById(`m${item.dataset.number}`)?.classList.toggle("struck", !boxes[n].checked));
  }

  function go(n) {
    const at = Math.min(Math.max(n, 0), items.length - 1);
    boxes[at].focus({ preventScroll: true });
    document.getElementById(`m${items[at].dataset.number}`)?.scrollIntoView({ block: "nearest" });
    items[at].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("change", said);
  document.addEventListener("focusin", (event) => {
    document.querySelectorAll("mark.here").forEach((mark) => mark.classList.remove("here"));
    const item = event.target.closest(".proposal");
    if (item) document.getElementById(`m${item.dataset.number}`)?.classList.add("here");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === command) return;
    const at = boxes.indexOf(document.activeElement);
    const choice = { a: true, x: false }[event.key];
    if (choice !== undefined && at >= 0) {
      boxes[at].checked = choice;
      said();
      go(at + 1);
    } else if (event.key === "j" || event.key === "ArrowDown") go(at + 1);
    else if (event.key === "k" || event.key === "ArrowUp") go(at < 0 ? 0 : at - 1);
    else return;
    event.preventDefault();
  });
  command.addEventListener("focus", () => command.select());
  said();
})();
