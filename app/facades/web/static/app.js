"use strict";
/* Comfort only: every page works without this file. */
(() => {
  const send = (path, told) => fetch(path, { method: "POST", body: told, keepalive: true, redirect: "manual" });
  const keep = (form) => {
    const told = new URLSearchParams(new FormData(form));
    told.set("draft-of", new URL(form.action).pathname);
    return send("/drafts", told);
  };

  /* Focus goes to what is new: first a heading that asks for it, else the message. */
  const toNews = (within) => {
    const heading = within.querySelector("[data-focus]");
    if (heading) heading.focus();
    else document.querySelector("#flash .flash")?.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:afterSettle", (event) => toNews(event.detail.target));

  /* What was typed and not sent: kept where the form asks for that, and asked before leaving. */
  const typed = new Set();
  let later;
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-leave]");
    if (!form) return;
    typed.add(form);
    if (!form.hasAttribute("data-draft")) return;
    clearTimeout(later);
    later = setTimeout(() => keep(form), 3000);
  });
  document.addEventListener("submit", ({ target }) => {
    clearTimeout(later);
    typed.delete(target);
  });
  const unsent = (event) => {
    if ([...typed].some((form) => form.isConnected)) event.preventDefault();
  };
  addEventListener("beforeunload", unsent);

  /* Away at once, and the page is not behind the back button. */
  document.addEventListener("click", (event) => {
    const exit = event.target.closest("[data-quick-exit]");
    if (!exit) return;
    event.preventDefault();
    removeEventListener("beforeunload", unsent);
    document.body.hidden = true;
    location.replace(exit.href);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });

  /* Two minutes before the session ends there is one button to stay. What was typed is kept before the end. */
  const dialog = document.querySelector("#session");
  if (!dialog) return;
  const clock = dialog.querySelector("[data-session-clock]");
  const word = () => new URLSearchParams(new FormData(dialog.querySelector("form")));
  let timers = [];
  const keepAll = () => typed.forEach((form) => form.isConnected && form.hasAttribute("data-draft") && keep(form));
  const leave = async () => {
    const told = word();
    told.set("draft-of", location.pathname);
    const answer = await send("/drafts", told);
    if (answer.type !== "opaqueredirect") {
      timers.push(setTimeout(leave, 60000)); /* another window kept the session */
      return;
    }
    const begun = [...typed].find((form) => form.isConnected && form.hasAttribute("data-draft"));
    typed.clear();
    if (begun) location.assign(begun.action); /* also where the form stood within another page */
    else location.reload();
  };
  const begin = (seconds) => {
    const at = (moment, act) => setTimeout(act, Math.max(moment * 1000, 0));
    timers.forEach(clearTimeout);
    timers = [at(seconds - 120, () => dialog.showModal()), at(seconds - 10, keepAll), at(seconds + 2, leave)];
    const last = new Date(Date.now() + seconds * 1000);
    clock.textContent = last.toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
  };
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await send("/session/stays", word());
    if (!answer.ok) return leave();
    dialog.close();
    begin(Number(answer.headers.get("session-ends-in") ?? dialog.dataset.endsIn));
  });
  begin(Number(dialog.dataset.endsIn));
})();
