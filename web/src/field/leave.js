// What every page does for the field page: it says what is not sent yet, and forgets whose drafts are shown once they sign out.
import { leave, left } from "./who.js";

const { whose } = document.body.dataset, words = document.querySelector("#draft-words")?.dataset, n = whose ? left(whose) : 0;
if (whose) leave(whose);
if (n && words?.field && !document.querySelector("#field")) {
  const line = Object.assign(document.createElement("p"), { className: "pw-net" });
  line.append(Object.assign(document.createElement("a"), { href: "/field", textContent: words.field.replace("{n}", n) }));
  document.querySelector("#content").prepend(line);
}
document.addEventListener("submit", (event) => { if (event.target.action.endsWith("/sign-out")) leave(""); });
