"use strict";
// Sorts and filters the units and opens their details. Without it everything is shown.
(function () {
  const table = document.querySelector("table.board");
  const form = document.getElementById("filter");
  const heads = Array.from(table.tHead.rows[0].cells);
  const all = document.getElementById("all");
  const units = Array.from(table.tBodies, function (body) {
    return {
      body: body,
      button: body.querySelector("button.open"),
      detail: body.querySelector("tr.detail"),
      keys: Array.from(body.rows[0].cells, (cell) => cell.dataset.sort),
      forms: body.dataset.forms.split(" "),
      text: [body.textContent, body.dataset.words].join(" ").toLowerCase(),
    };
  });

  const alphabet = new Intl.Collator("zh-CN");

  function open(unit, opened) {
    unit.detail.hidden = !opened;
    unit.button.setAttribute("aria-expanded", String(opened));
  }

  function tell() {
    const every = units.every((one) => !one.detail.hidden);
    all.textContent = every ? "全部收起" : "全部点开";
    all.setAttribute("aria-pressed", String(every));
  }

  function compare(kind, direction, column) {
    return function (one, other) {
      const [left, right] = [one.keys[column], other.keys[column]];
      if (left === "" || right === "") {
        return (left === "") - (right === ""); // what is not known comes last, whichever way
      }
      return direction * (kind === "number" ? left - right : alphabet.compare(left, right));
    };
  }

  function sort(column, direction) {
    units.sort(compare(heads[column].dataset.kind, direction, column));
    table.append(...units.map((unit) => unit.body));
    heads.forEach((head, index) => head.setAttribute("aria-sort",
      index !== column ? "none" : direction > 0 ? "ascending" : "descending"));
    form.elements.order.value = column + " " + direction;
  }

  function fits(asked) {
    const terms = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
    return (unit) => (!asked.status || (asked.status === "late" ? unit.body.dataset.late === "1" : unit.body.dataset.status === asked.status))
      && (!asked.form || unit.forms.includes(asked.form))
      && terms.every((term) => unit.text.includes(term));
  }

  function apply() {
    const asked = Object.fromEntries(new FormData(form));
    const active = Boolean(asked.status || asked.form || asked.words);
    const wanted = fits(asked);
    let shown = 0;
    for (const unit of units) {
      unit.body.hidden = !wanted(unit);
      shown += unit.body.hidden ? 0 : 1;
    }
    const told = "显示 " + shown + " 个单位，共 " + units.length + " 个";
    document.getElementById("visible").value = told;
    const partly = document.getElementById("partly");
    partly.hidden = !active;
    partly.textContent = "已筛选：" + told + "。";
    document.getElementById("none").hidden = shown > 0;
  }

  heads.forEach(function (head, column) {
    const button = head.querySelector("button");
    button.disabled = false;
    button.addEventListener("click", () => sort(column, head.getAttribute("aria-sort") === "ascending" ? -1 : 1));
    for (const direction of [1, -1]) {
      const way = head.dataset.kind === "number" ? ["从小到大", "从大到小"] : ["顺序", "倒序"];
      form.elements.order.add(new Option(button.textContent + " " + way[direction > 0 ? 0 : 1], column + " " + direction));
    }
  });
  for (const unit of units) {
    unit.button.disabled = false;
    unit.button.addEventListener("click", function () {
      open(unit, unit.detail.hidden);
      tell();
    });
    open(unit, "#" + unit.body.id === location.hash);
  }
  for (const button of document.querySelectorAll("button.only")) {
    button.disabled = false;
    button.title = "只看这些单位";
    button.addEventListener("click", function () {
      form.elements.status.value = button.dataset.status;
      apply();
      document.getElementById("units").scrollIntoView();
      form.elements.status.focus({ preventScroll: true });
    });
  }
  all.addEventListener("click", function () {
    const opened = all.getAttribute("aria-pressed") !== "true";
    units.forEach((unit) => open(unit, opened));
    tell();
  });
  form.addEventListener("input", apply);
  form.addEventListener("change", function (event) {
    if (event.target.name === "order") {
      sort(...event.target.value.split(" ").map(Number));
    }
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.hidden = units.length === 0;
  sort(0, 1);
  apply();
})();
