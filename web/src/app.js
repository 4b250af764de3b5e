import { Watch } from "./live.js";
import { listen } from "./stream.js";

// Everything works without this file; it only makes things smoother.
import "./forms.js";
import "./choose.js";
import "./menu.js";
import "./photos.js";
import "./reveal.js";

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    document.querySelector(".pw-search input")?.focus();
  }
});

// Shows what was chosen beside a file field, with a small picture where it is one.
class FileDrop extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    const list = document.createElement("ul");
    list.className = "pw-files";
    this.append(list);
    input.addEventListener("change", () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const item = document.createElement("li");
        if (file.type.startsWith("image/")) {
          const picture = document.createElement("img");
          picture.alt = "";
          picture.src = URL.createObjectURL(file);
          item.append(picture);
        }
        item.append(`${file.name} · ${(file.size / 1048576).toFixed(1)} MB`);
        return item;
      }));
    });
  }
}
customElements.define("pw-file-drop", FileDrop);

// A form that was sent is not sent again by an impatient second press; the key would make that harmless, but the wait should show.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  const buttons = event.target.querySelectorAll("button[type=submit]");
  setTimeout(() => { for (const button of buttons) button.disabled = true; });
});
window.addEventListener("pageshow", () => document.querySelectorAll("button[type=submit]:disabled").forEach((b) => { b.disabled = false; }));

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
      if (live.querySelector("input:checked") || live.contains(document.activeElement)) return;
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(live.id ? `#${live.id}` : "[data-live]");
      if (fresh) live.replaceChildren(...fresh.childNodes);
      const bell = page.querySelector(".pw-bell");
      if (bell) document.querySelector(".pw-bell")?.replaceWith(bell);
    },
  });
  const { worker, whose } = document.body.dataset;
  listen({ worker, whose, one, hear: (change) => watch.hear(change) });
}
