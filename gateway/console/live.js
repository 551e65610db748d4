// Brings the news of a run into its page. Without it the page works, and shows how things stood when it was opened.
(function () {
  "use strict";
  var main = document.querySelector("[data-live]");
  if (!main || !window.EventSource) return;
  var source = new EventSource(main.dataset.live);

  // What was typed, and where the focus is, stay where a form is still there.
  function keep(part, change) {
    var typed = {}, focus = part.contains(document.activeElement) ? document.activeElement.id : "";
    part.querySelectorAll("input[id], textarea[id]").forEach(function (field) { typed[field.id] = field.value; });
    var open = part.querySelector("details[open]") !== null;
    change();
    part.querySelectorAll("input[id], textarea[id]").forEach(function (field) { if (field.id in typed) field.value = typed[field.id]; });
    if (open && part.querySelector("details")) part.querySelector("details").open = true;
    var again = focus && document.getElementById(focus);
    if (again) again.focus();
  }

  source.addEventListener("part", function (event) {
    var news = JSON.parse(event.data), part = document.getElementById("part-" + news.name);
    if (part) keep(part, function () { part.innerHTML = news.html; });
  });
  source.addEventListener("said", function (event) {
    var news = JSON.parse(event.data), said = document.getElementById("said");
    document.title = news.title;
    if (said && said.textContent !== news.text) said.textContent = news.text;
  });
  source.addEventListener("end", function () { source.close(); });
})();
