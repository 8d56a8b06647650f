// A few comforts at the desk. Every page works without them.
(() => {
  "use strict";

  const token = () => document.querySelector("input[name=csrf_token]")?.value ?? "";

  const patiently = (task, wait = 250) => {
    let timer;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => task(...given), wait);
    };
  };

  // Say the amount in words while it is typed; the desk knows how.
  for (const input of document.querySelectorAll("input[data-words]")) {
    const line = document.getElementById(`${input.id}-words`);
    const speak = patiently(async () => {
      const asked = input.value;
      const answer = asked && (await fetch(`${input.dataset.words}?amount=${encodeURIComponent(asked)}`));
      if (input.value === asked) line.textContent = answer && answer.ok ? await answer.text() : "";
    });
    input.addEventListener("input", speak);
  }

  // Find a member while typing: a small list from the desk, under the field.
  for (const input of document.querySelectorAll("input[data-find]")) {
    const box = document.createElement("div");
    box.className = "found";
    box.setAttribute("aria-live", "polite");
    input.form.append(box);
    const look = patiently(async () => {
      const asked = input.value.trim();
      if (asked.length < 2) return box.replaceChildren();
      const body = new URLSearchParams({ q: asked, csrf_token: token(), to: input.dataset.to ?? "" });
      const answer = await fetch(input.dataset.find, { method: "POST", body });
      if (!answer.ok || input.value.trim() !== asked) return undefined;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return box.replaceChildren(...page.body.childNodes);
    });
    input.addEventListener("input", look);
    input.form.addEventListener("keydown", (event) => {
      const links = [...box.querySelectorAll("a")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") box.replaceChildren();
      if (!step || !links.length) return;
      event.preventDefault();
      (links[links.indexOf(document.activeElement) + step] ?? input).focus();
    });
  }

  // Look for a district while typing: the list to choose from fills itself.
  for (const input of document.querySelectorAll("input[data-options]")) {
    const list = document.getElementById(input.dataset.into);
    const look = patiently(async () => {
      const asked = input.value.trim();
      if (asked.length < 2) return undefined;
      const body = new URLSearchParams({ q: asked, csrf_token: token() });
      const answer = await fetch(input.dataset.options, { method: "POST", body });
      if (!answer.ok || input.value.trim() !== asked) return undefined;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = [...page.querySelectorAll("option")];
      list.replaceChildren(list.options[0], ...found);
      list.selectedIndex = found.length === 1 ? 1 : 0;
      return undefined;
    });
    input.addEventListener("input", look);
  }

  // On a sheet of rows Enter goes down the column, from the last row to the button.
  for (const form of document.querySelectorAll("form[data-down]")) {
    form.addEventListener("keydown", (event) => {
      const cell = event.key === "Enter" && event.target.closest("td");
      if (!cell) return;
      event.preventDefault();
      const at = [...cell.parentNode.children].indexOf(cell);
      let row = cell.parentNode, next;
      while (!next && (row = row.nextElementSibling)) next = row.children[at]?.querySelector("input");
      (next ?? form.querySelector(".acts button")).focus();
      next?.select();
    });
  }

  // Keys: / finds, F2 F3 F4 choose what happens at the counter.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    const key = event.key === "/" && typing ? "" : event.key;
    const place = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!place || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (place.matches("input")) place.focus();
    else place.click();
  });

  // While something long is done, the desk says how far it is.
  const wait = (bar) => {
    bar.hidden = false;
    if (!bar.dataset.far) return;
    const ask = setInterval(async () => {
      if (bar.hidden) return clearInterval(ask);
      const answer = await fetch(bar.dataset.far).catch(() => undefined);
      if (answer?.status !== 200) return undefined;
      const { done, of } = await answer.json();
      [bar.max, bar.value] = [of, done];
      return undefined;
    }, 500);
  };

  // A form is sent once; the key it carries would catch a second time anyway.
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      for (const bar of form.querySelectorAll("progress")) wait(bar);
      const button = form.querySelector("[data-busy]");
      if (button) [button.dataset.rest, button.textContent] = [button.textContent, button.dataset.busy];
      return undefined;
    });
  }
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const bar of document.querySelectorAll("form progress")) bar.hidden = true;
    for (const button of document.querySelectorAll("[data-rest]")) button.textContent = button.dataset.rest;
  });

  // On a phone the row of a member's pages is wider than the screen: show where one is.
  for (const here of document.querySelectorAll(".tabs [aria-current]")) {
    here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 48;
  }

  // Buttons that only a script can keep appear only with one.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // A receipt that was counted as a print goes to the printer.
  if (document.querySelector("[data-print-now]")) window.addEventListener("load", () => window.print());
})();
