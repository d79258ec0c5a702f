// Sorting, filtering and searching; without it the page is complete.
(function () {
  "use strict";
  var table = document.getElementById("bang");
  var body = table.tBodies[0];
  var rows = Array.prototype.slice.call(body.rows);
  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
  var titles = heads.map(function (head) { return head.textContent; });
  var search = document.getElementById("tim");
  var unit = document.getElementById("don-vi");
  var level = document.getElementById("muc");
  var status = document.getElementById("dem");
  var unitAt = titles.indexOf("Đơn vị quản lý");
  var levelAt = titles.indexOf("Mức độ");

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }
  function text(row, at) { return row.cells[at].textContent; }

  var folded = rows.map(function (row) { return fold(row.textContent); });

  function filter() {
    var words = fold(search.value).split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, i) {
      var fits = words.every(function (word) { return folded[i].indexOf(word) >= 0; }) &&
        (!unit.value || text(row, unitAt) === unit.value) &&
        (!level.value || text(row, levelAt) === level.value);
      row.hidden = !fits;
      if (fits) { shown += 1; }
    });
    status.textContent = shown === rows.length ? rows.length + " dòng" : shown + "/" + rows.length + " dòng";
  }

  function number(value) {
    var plain = value.replace(/\./g, "").replace(",", ".");
    return /^-?[0-9.]+$/.test(plain) ? parseFloat(plain) : NaN;
  }

  heads.forEach(function (head, at) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = titles[at];
    head.textContent = "";
    head.appendChild(button);
    button.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.map(function (row, i) { return [row, i]; }).sort(function (a, b) {
        var left = text(a[0], at), right = text(b[0], at);
        var x = number(left), y = number(right);
        var order = isNaN(x) || isNaN(y) ? left.localeCompare(right, "vi") : x - y;
        return (down ? -order : order) || a[1] - b[1];
      }).forEach(function (pair) { body.appendChild(pair[0]); });
    });
  });

  [search, unit, level].forEach(function (field) { field.addEventListener("input", filter); });
  var form = document.getElementById("loc");
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.hidden = false;
  filter();
}());
