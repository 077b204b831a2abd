// Draws the charts of a report and opens the passport of a figure. Every text is set as text, never as HTML.
(() => {
  "use strict";
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const words = page.words;
  const [passports, traced, standing] = [page.passports, page.traced, page.standing].map((packed) => new Map(Object.entries(packed)));
  const dialog = document.getElementById("passport");
  const content = document.getElementById("passport-content");
  const korean = page.language === "ko";

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const split = (ids) => (typeof ids === "string" ? ids.split(" ").filter((id) => id) : []);
  const known = (ids) => split(ids).filter((id) => passports.has(id));

  // ---- the passport ----

  const addressOf = (ids) => location.href.split("#")[0] + "#figure=" + encodeURIComponent(ids.join(" "));

  function said(value) {
    const shown = element("dd", undefined, !korean && /[\uac00-\ud7a3]/.test(value) ? {lang: "ko"} : {});
    for (const part of String(value).split(/(https?:\/\/[^\s<>"]+)/)) {
      const isLink = /^https?:\/\//.test(part);
      shown.append(isLink ? element("a", part, {href: part, rel: "noopener noreferrer", target: "_blank"}) : part);
    }
    return shown;
  }

  // A passport is packed: the place of each label among the lines of the page, and of each line said under it.
  function listed(passport) {
    const list = element("dl");
    for (const [label, ...lines] of passport)
      list.append(element("dt", page.lines[label]), said(lines.map((line) => page.lines[line]).join("\n")));
    return list;
  }

  function linkTo(ids) {
    const address = element("input", undefined, {readonly: "", id: "passport-address", value: addressOf(ids)});
    const button = element("button", words.copy, {type: "button"});
    const told = element("span", "", {role: "status"});
    button.addEventListener("click", async () => {
      address.select();
      try {
        await navigator.clipboard.writeText(address.value);
        told.textContent = words.copied;
      } catch {
        told.textContent = document.execCommand("copy") ? words.copied : words.not_copied;
      }
    });
    const line = element("p", undefined, {class: "address"});
    line.append(element("label", words.link, {for: "passport-address"}), address, button, told);
    return line;
  }

  function open(ids) {
    content.replaceChildren();
    for (const id of ids) {
      if (!passports.has(id)) {
        content.append(element("p", words.unknown.replace("{figure}", () => id)));
        continue;
      }
      content.append(listed(passports.get(id)));
      if (traced.has(id)) content.append(element("h3", words.here), listed(traced.get(id)));
      if (standing.has(id)) content.append(element("h3", words.stands), listed(standing.get(id)));
    }
    content.append(linkTo(ids));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    remember("#figure=" + encodeURIComponent(ids.join(" ")));
  }

  function remember(hash) {
    try {
      history.replaceState(null, "", hash || location.href.split("#")[0]);
    } catch { /* a viewer that does not let the address change: the passport opens all the same */ }
  }

  function followAddress() {
    const wanted = /^#figure=(.+)$/.exec(location.hash);
    if (!wanted) return;
    try {
      open(split(decodeURIComponent(wanted[1])));
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
    }
  }

  dialog.addEventListener("close", () => remember(""));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.getElementById("passport-close").addEventListener("click", () => dialog.close());

  // ---- tables: the name of a row, or a marked cell, becomes a button ----

  for (const marked of document.querySelectorAll("[data-figure]")) {
    const ids = known(marked.dataset.figure);
    const cell = marked.matches("tr") ? marked.querySelector("th, td") : marked;
    if (!ids.length || !cell) continue;
    const button = element("button", undefined, {type: "button", class: "figure"});
    button.append(...cell.childNodes);
    button.setAttribute("aria-label", words.open.replace("{label}", () => button.textContent.trim()));
    cell.append(button);
    marked.classList.add("opens");
    marked.addEventListener("click", (event) => {
      if (event.target.closest("a")) return;
      if (!event.target.closest("button") && String(getSelection())) return; // someone is selecting text
      event.stopPropagation();
      open(ids);
    });
  }
  for (const hint of document.querySelectorAll(".hint")) hint.hidden = false;

  // A table wider than its place can be scrolled with the keyboard, and says then what it is.
  function reach() {
    for (const box of document.querySelectorAll(".scroll")) {
      if (!box.clientWidth) continue;
      const wide = box.scrollWidth > box.clientWidth;
      for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", box.querySelector("caption .title")?.textContent]])
        if (wide && value) box.setAttribute(name, value); else box.removeAttribute(name);
    }
    for (const picture of document.querySelectorAll(".drawing"))
      if (picture.scrollWidth > picture.clientWidth) picture.tabIndex = 0; else picture.removeAttribute("tabindex");
  }
  document.addEventListener("toggle", reach, true);
  window.addEventListener("resize", reach);

  // ---- lenses: of the views of one comparison, the one chosen ----

  for (const lens of document.querySelectorAll(".lens")) {
    const choices = lens.querySelector(".choices");
    const show = () => {
      const wanted = new Map([...choices.querySelectorAll("input:checked")].map((one) => [one.dataset.axis, one.value]));
      for (const view of lens.querySelectorAll(".view")) {
        view.hidden = [...wanted].some(([axis, value]) => view.dataset[axis] !== value);
        if (!view.hidden) lens.dataset.shown = view.querySelector(".state").textContent;
      }
    };
    choices.hidden = false;
    choices.addEventListener("change", () => {
      show();
      choices.querySelector("[role=status]").textContent = words.shown.replace("{view}", () => lens.dataset.shown);
      reach();
    });
    show();
  }
  reach();

  // ---- charts ----

  const locale = {
    formatLocale: {decimal: ".", thousands: ",", grouping: [3], currency: ["₩", ""], minus: page.minus},
    timeFormatLocale: korean ? {
      dateTime: "%Y. %-m. %-d. %H:%M", date: "%Y. %-m. %-d.", time: "%H:%M", periods: ["오전", "오후"],
      days: ["일요일", "월요일", "화요일", "수요일", "목요일", "금요일", "토요일"],
      shortDays: ["일", "월", "화", "수", "목", "금", "토"],
      months: [...Array(12).keys()].map((month) => month + 1 + "월"),
      shortMonths: [...Array(12).keys()].map((month) => month + 1 + "월"),
    } : undefined,
  };
  const figuresAt = (item) => known(item?.datum?.figure ?? item?.datum?.datum?.figure);

  async function draw(box) {
    const spec = JSON.parse(document.getElementById(box.dataset.spec).textContent);
    const options = {mode: "vega-lite", actions: false, renderer: "svg", ast: true, ...locale};
    try {
      const {view} = await vegaEmbed(box, spec, options);
      box.querySelector("svg")?.setAttribute("aria-hidden", "true");
      view.addEventListener("click", (event, item) => figuresAt(item).length && open(figuresAt(item)));
      view.addEventListener("mousemove", (event, item) => {
        box.style.cursor = figuresAt(item).length ? "pointer" : "";
      });
      box.classList.add("drawn");
    } catch (error) {
      box.replaceChildren(element("p", words.undrawn));
      box.classList.add("undrawn");
      console.error(error);
    }
  }

  async function drawAll() {
    const boxes = document.querySelectorAll("[data-spec]");
    if (!boxes.length) return;
    await document.fonts.load('12px "Noto Sans KR"').catch(() => {});
    const seen = (box) => !box.closest("[hidden]");
    for (const box of [...boxes].sort((a, b) => seen(b) - seen(a))) {
      await draw(box);
      await new Promise((done) => setTimeout(done)); // the reader sees this one before the next is begun
    }
  }

  window.addEventListener("hashchange", followAddress);
  drawAll().then(() => {
    reach();
    document.documentElement.classList.add("ready");
  });
  followAddress();
})();
