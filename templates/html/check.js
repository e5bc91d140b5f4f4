"use strict";
// Filters the findings. Without it everything is shown.
(function () {
  const form = document.getElementById("filter");
  const rows = Array.from(document.querySelectorAll("tr.finding"), function (row) {
    const told = Array.from(row.closest(".group").querySelectorAll("h4, p"), (element) => element.textContent);
    return {
      row: row,
      unit: row.closest(".unit").dataset.unit,
      sheet: row.dataset.sheet || row.closest(".sheet").dataset.sheet,
      code: row.dataset.code,
      severity: row.dataset.severity,
      states: row.dataset.state.split(" "),
      text: [row.textContent, ...told].join(" ").toLowerCase(),
    };
  });
  // The order matters: a file is empty when its worksheets are, a unit when its files are.
  const boxes = [".group", ".sheet", ".file", ".unit"].map((kind) => Array.from(document.querySelectorAll(kind)));

  function wanted(asked) {
    const terms = asked.words.toLowerCase().split(/\s+/).filter(Boolean);
    return function (one) {
      return ["unit", "sheet", "code", "severity"].every((key) => !asked[key] || one[key] === asked[key])
        && (!asked.state || one.states.includes(asked.state))
        && terms.every((term) => one.text.includes(term));
    };
  }

  function apply() {
    const asked = Object.fromEntries(new FormData(form));
    const active = Object.values(asked).some(Boolean);
    const fits = wanted(asked);
    let shown = 0;
    for (const one of rows) {
      one.row.hidden = !fits(one);
      shown += one.row.hidden ? 0 : 1;
    }
    for (const kind of boxes) {
      for (const box of kind) {
        box.hidden = active && !box.querySelector("tr.finding:not([hidden])");
      }
    }
    const beside = rows.some((one) => !one.states.includes("counted")) ? "（含已豁免、已改好的）" : "";
    const told = "显示 " + shown + " 处，共 " + rows.length + " 处" + beside;
    document.getElementById("visible").value = told;
    const partly = document.getElementById("partly");
    partly.hidden = !active;
    partly.textContent = "已筛选：" + told + "。";
    document.getElementById("none").hidden = !active || shown > 0;
  }

  function pick(code) {
    form.elements.code.value = code;
    apply();
    document.getElementById("findings").scrollIntoView();
    form.elements.code.focus({ preventScroll: true });
  }

  for (const button of document.querySelectorAll("button.pick")) {
    button.disabled = false;
    button.title = "只看这一条";
    button.addEventListener("click", () => pick(button.dataset.code));
  }
  form.addEventListener("input", apply);
  form.addEventListener("change", apply); // for browsers that tell a choice only so
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  // a cell's link opens the drawn forms that the cell stands in
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a.cell");
    const cell = link && document.getElementById(link.hash.slice(1));
    const forms = cell && cell.closest("details");
    if (forms) { forms.open = true; }
  });
  form.hidden = rows.length === 0;
  apply();
})();
