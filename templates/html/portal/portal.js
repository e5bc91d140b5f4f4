(function () {
  "use strict";
  // an upload: the button is pressed once, and the page says that it is under way
  document.querySelectorAll("form.hand").forEach(function (form) {
    form.addEventListener("submit", function () {
      form.querySelector("output").value = "正在上传、核对，请不要关闭页面……";
      setTimeout(function () { form.querySelector("button").disabled = true; }, 0);
    });
    window.addEventListener("pageshow", function () { form.querySelector("button").disabled = false; });
  });
  // the organiser's table is asked for again while nobody ticks anything in it
  var live = document.getElementById("live");
  if (live && window.fetch && window.DOMParser) {
    setInterval(function () {
      if (document.hidden || document.querySelector("#live input:checked")) { return; }
      fetch(location.href, { credentials: "same-origin" }).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (text) {
        var fresh = text && new DOMParser().parseFromString(text, "text/html").getElementById("live");
        if (fresh && fresh.innerHTML !== live.innerHTML && !document.querySelector("#live input:checked")) { live.innerHTML = fresh.innerHTML; }
      }).catch(function () { });
    }, 10000);
  }
})();
