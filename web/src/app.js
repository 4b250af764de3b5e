import { Watch } from "./live.js";
import { listen } from "./stream.js";

// Everything works without this file; it only makes things smoother.
import "./alike.js";
import "./forms.js";
import "./far.js";
import "./field/leave.js";
import "./choose.js";
import "./keep.js";
import "./lanes.js";
import "./limits.js";
import "./menu.js";
import "./only.js";
import "./photos.js";
import "./reveal.js";

// "/" leads to the search: the field at the top, or where there is no room for it, the one of the page, or the page that has one.
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "") || document.querySelector("dialog[open]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  const fields = [...document.querySelectorAll(".pw-search input, #content input[type=search]")];
  const field = fields.find((one) => one.offsetParent), page = document.querySelector(".pw-find");
  if (!field && !page) return;
  event.preventDefault();
  if (field) field.focus();
  else location.assign(page.href);
});

// After a deed the keyboard goes on where the page says that it is done.
document.querySelector(".pw-flash")?.focus({ preventScroll: true });

// A form that was sent is not sent again by an impatient second press; the key would make that harmless, but the wait should show.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  const buttons = event.target.querySelectorAll("button[type=submit]");
  setTimeout(() => { for (const button of buttons) button.disabled = true; });
});
window.addEventListener("pageshow", () => document.querySelectorAll("button[type=submit]:disabled").forEach((b) => { b.disabled = false; }));

// A letter is printed by a press; without scripts by the browser's own menu.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// A page that shows something under way looks again by itself.
const refresh = document.querySelector("[data-refresh]");
if (refresh) setTimeout(() => location.reload(), Number(refresh.dataset.refresh) * 1000);

// Where a part of the page is live (a list, or the page of one case), it is fetched again when the server says that a case it shows has changed,
// unless somebody is choosing or writing in it.
const one = location.pathname.match(/^\/(?!enterprises)[a-z_]+\/([0-9a-f-]{36})$/)?.[1];
const part = () => document.querySelector("[data-live]") ?? (one ? document.querySelector("#content") : null);
if (part()) {
  const watch = new Watch({
    list: !one,
    shows: (id) => id === one || part().querySelector(`a[href*="${id}"]`) !== null,
    look: async () => {
      const live = part();
      const at = document.activeElement, resting = at === live || at?.matches(".pw-flash"); // where nothing is chosen or written
      if (live.querySelector("input:checked") || (live.contains(at) && !resting)) return;
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(live.id ? `#${live.id}` : "[data-live]");
      if (fresh) live.replaceChildren(...fresh.childNodes);
      if (resting && !at.isConnected) document.querySelector("#content").focus({ preventScroll: true });
      const bell = page.querySelector(".pw-bell");
      if (bell) document.querySelector(".pw-bell")?.replaceWith(bell);
    },
  });
  const { worker, whose } = document.body.dataset;
  listen({ worker, whose, one, hear: (change) => watch.hear(change) });
}
