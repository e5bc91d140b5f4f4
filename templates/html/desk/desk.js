"use strict";
// What the pages do beyond links and forms: dropping files, following a task, walking through findings. All works without.
(function () {
  document.documentElement.classList.add("scripts");
  const csrf = document.querySelector("meta[name=csrf]").content;

  // files dropped anywhere on the page go into the page's (only or last) drop form
  const forms = Array.from(document.querySelectorAll("form.drop"));
  async function filesOf(entry, path, found) {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      found.push([path + file.name, file]);
    } else {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!some.length) { break; }
        for (const one of some) { await filesOf(one, path + entry.name + "/", found); }
      }
    }
  }
  function send(form, files) {
    const output = form.querySelector("output");
    const data = new FormData();
    for (const [name, file] of files) { data.append("files", file, name); }
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-CSRF-Token", csrf);
    request.upload.onprogress = (event) => { output.value = "正在交 " + files.length + " 个文件，" + Math.round(100 * event.loaded / event.total) + "%"; };
    request.onload = () => {
      if (request.status < 400) { location.href = request.responseURL; return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const told = page.querySelector(".message");
      output.value = told ? told.textContent : "没有交上，请再试一次。";
    };
    request.onerror = () => { output.value = "没有交上：文件读不了，或者工作台已经停了。文件若正在 Excel 里开着，请先关上。"; };
    request.send(data);
  }
  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      hand(form);
    });
    for (const input of form.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => { if (input.files.length) { hand(form); } });
    }
  }
  function hand(form) {
      const files = [];
      for (const input of form.querySelectorAll("input[type=file]")) {
        for (const file of input.files) { files.push([file.webkitRelativePath || file.name, file]); }
      }
      if (files.length) { send(form, files); } else { form.querySelector("output").value = "还没有选文件。"; }
  }
  if (!forms.length) {  // a file dropped on another page must not take its place
    for (const name of ["dragover", "drop"]) { document.addEventListener(name, (event) => event.preventDefault()); }
  } else {
    const target = forms[0];
    document.addEventListener("dragover", (event) => { event.preventDefault(); target.classList.add("over"); });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) { target.classList.remove("over"); } });
    document.addEventListener("drop", async (event) => {
      event.preventDefault();
      target.classList.remove("over");
      const here = event.target.closest && event.target.closest("form.drop") || target;
      const entries = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
      const found = [];
      if (entries.length) {
        for (const entry of entries) { await filesOf(entry, "", found); }
      } else {
        for (const file of event.dataTransfer.files) { found.push([file.name, file]); }
      }
      if (found.length) { send(here, found); }
    });
  }

  // a task under way
  const task = document.getElementById("task");
  function item(line) {
    const element = document.createElement("li");
    element.className = line.kind || "";
    if (line.link) {
      const link = document.createElement("a");
      link.href = line.link;
      link.textContent = line.text;
      element.append(link);
    } else {
      element.textContent = line.text;
    }
    return element;
  }
  async function follow() {
    let now;
    try {
      const answer = await fetch(task.dataset.address, { headers: { Accept: "application/json" } });
      if (!answer.ok) { return; }
      now = await answer.json();
    } catch (error) {  // the machine was asleep, or the desk is gone: ask again, and say so meanwhile
      document.getElementById("gone").hidden = false;
      setTimeout(follow, 3000);
      return;
    }
    document.getElementById("gone").hidden = true;
    const bar = task.querySelector("progress");
    bar.max = now.total || 1;
    bar.value = now.done;
    const told = (now.what || "进行中") + " " + now.done + "/" + now.total;
    if (task.querySelector(".told").textContent !== told) { task.querySelector(".told").textContent = told; }
    task.querySelector(".messages").replaceChildren(...now.messages.map((text) => item({ text: text })));
    task.querySelector(".lines").replaceChildren(...now.lines.map(item));
    if (now.state === "running") { setTimeout(follow, 500); } else { location.reload(); }
  }
  if (task && task.dataset.state === "running") { setTimeout(follow, 300); }

  // from finding to finding, and to its cell and back
  const findings = Array.from(document.querySelectorAll("li.finding"));
  let at = -1;
  function show(number, focus) {
    if (!findings.length) { return; }
    at = (number + findings.length) % findings.length;
    for (const one of document.querySelectorAll(".here:not(.rail li)")) { one.classList.remove("here"); }
    const finding = findings[at];
    finding.classList.add("here");
    finding.scrollIntoView({ block: "nearest" });
    const cell = finding.dataset.anchor && document.getElementById(finding.dataset.anchor);
    if (cell) {
      cell.classList.add("here");
      cell.scrollIntoView({ block: "center", inline: "center" });
    }
    if (focus) { finding.focus({ preventScroll: true }); }
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(input|select|textarea)$/i.test(event.target.tagName)) { return; }
    if (event.key === "j" || event.key === "J") { show(at + 1, true); }
    if (event.key === "k" || event.key === "K") { show(at - 1, true); }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-finding, a.to-cell");
    if (!link) { return; }
    event.preventDefault();
    const id = link.classList.contains("to-finding") ? link.hash.slice(1) : link.closest("li.finding").id;
    show(findings.findIndex((one) => one.id === id), true);
  });

  for (const button of document.querySelectorAll("button.all")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = Array.from(button.form.querySelectorAll("input[name=unit]"));
      const all = boxes.every((box) => box.checked);
      for (const box of boxes) { box.checked = !all; }
    });
  }

  // a text to copy
  for (const button of document.querySelectorAll("button.copier")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = button.parentElement.querySelector("textarea");
      text.select();
      try { await navigator.clipboard.writeText(text.value); } catch (error) { document.execCommand("copy"); }
      button.textContent = "复制好了";
    });
  }

  // the forms of the chosen edition beside the choice
  const preview = document.getElementById("preview");
  async function showSheets(radio) {
    const answer = await fetch(radio.dataset.sheets);
    if (!answer.ok || !radio.checked) { return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    preview.replaceChildren(...page.querySelectorAll("main > *"));
    for (const element of preview.querySelectorAll("[id]")) { element.removeAttribute("id"); }
    preview.hidden = false;
  }
  if (preview) {
    for (const radio of document.querySelectorAll("input[data-sheets]")) {
      radio.addEventListener("change", () => showSheets(radio));
      if (radio.checked) { showSheets(radio); }
    }
  }

  // forms beside each other are scrolled together
  const versions = Array.from(document.querySelectorAll(".beside-each-other .version"), (one) => Array.from(one.querySelectorAll(".drawn")));
  for (const mine of versions) {
    mine.forEach((sheet, number) => sheet.addEventListener("scroll", () => {
      for (const other of versions) {
        if (other[number] && other[number] !== sheet && other[number].scrollLeft !== sheet.scrollLeft) { other[number].scrollLeft = sheet.scrollLeft; }
      }
    }));
  }

  // the help filters what it has
  const find = document.getElementById("find");
  if (find) {
    const topics = Array.from(document.querySelectorAll(".topic"), (topic) => [topic, topic.textContent.toLowerCase()]);
    find.addEventListener("input", () => {
      const terms = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const [topic, text] of topics) {
        topic.hidden = !terms.every((term) => text.includes(term));
        count += topic.hidden ? 0 : 1;
      }
      document.getElementById("found").value = terms.length ? "找到 " + count + " 处" : "";
    });
  }

  // a question leads to its answer, also where the answer is folded away
  if (location.hash) {
    const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = asked && asked.closest("details");
    if (fold) { fold.open = true; asked.scrollIntoView(); }
  }

  // an open page keeps the desk awake, and says so when it is gone
  setInterval(async () => {
    const gone = document.getElementById("gone");
    try { gone.hidden = (await fetch(document.documentElement.dataset.alive || "/alive")).ok; } catch (error) { gone.hidden = false; }
  }, 60000);
})();
