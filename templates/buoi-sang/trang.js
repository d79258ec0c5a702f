"use strict";
(function () {
  const status = document.getElementById("dem");
  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  // The clipboard's own way is not there for every page that is opened from a disk.
  const copy = async element => {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      const range = document.createRange();
      range.selectNodeContents(element);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      return document.execCommand("copy");
    }
  };
  for (const button of document.querySelectorAll("button[data-tin]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await copy(document.getElementById(button.dataset.tin));
      button.textContent = done ? "Đã chép" : "Chưa chép được: bôi đen tin nhắn rồi Ctrl+C";
      status.textContent = done ? "Đã chép tin nhắn, dán vào Zalo hay e-mail." : button.textContent;
    });
  }
  const form = document.getElementById("tim");
  const rows = [...document.querySelectorAll(".schools li")].map(row => [row, plain(row.textContent)]);
  if (!form || rows.length < 2) return;
  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", () => {
    const words = plain(document.getElementById("ten").value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every(word => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    status.textContent = words.length ? `Hiện ${shown} trên ${rows.length} nơi cần nhắc.` : "";
  });
})();
