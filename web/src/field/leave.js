import { leave } from "./who.js";

const { whose } = document.body.dataset;
if (whose) leave(whose);
document.addEventListener("submit", (event) => { if (event.target.action.endsWith("/sign-out")) leave(""); });
