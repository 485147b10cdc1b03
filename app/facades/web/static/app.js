"use strict";
/* Comfort only: every page works without this file. */
(() => {
  const keep = (form) => {
    const told = new URLSearchParams(new FormData(form));
    told.set("draft-of", new URL(form.action).pathname);
    return fetch("/drafts", { method: "POST", body: told, keepalive: true });
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

  /* Two minutes before the session ends there is one button to stay. */
  const dialog = document.querySelector("#session");
  if (!dialog) return;
  const clock = dialog.querySelector("[data-session-clock]");
  let warn, end;
  const begin = () => {
    const left = Number(dialog.dataset.endsIn) * 1000;
    clearTimeout(warn);
    clearTimeout(end);
    const last = new Date(Date.now() + left);
    clock.textContent = last.toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
    warn = setTimeout(() => dialog.showModal(), Math.max(left - 120000, 0));
    end = setTimeout(async () => {
      await Promise.allSettled([...typed].filter((form) => form.isConnected && form.hasAttribute("data-draft")).map(keep));
      typed.clear();
      location.reload();
    }, left);
  };
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    if (answer.ok || answer.type === "opaqueredirect") {
      dialog.close();
      begin();
    } else location.reload();
  });
  begin();
})();
