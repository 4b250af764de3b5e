// A picture opens over the page it was called from, and closes with Esc or its own way out; the arrows turn to the next. Without this file it is a page.
const look = "a.pw-look";
let over, from;

async function show(url) {
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok) return location.assign(url);
  const viewer = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#viewer");
  if (!viewer || !over.isConnected) return location.assign(url);
  over.replaceChildren(viewer);
  over.setAttribute("aria-label", viewer.getAttribute("aria-label"));
  viewer.querySelector("[data-close]").focus();
  wait(over);
}

function open(url) {
  over = document.createElement("dialog");
  over.className = "pw-over";
  document.body.append(over);
  over.addEventListener("close", () => {
    over.remove();
    const there = from?.isConnected ? from : document.querySelector(`${look}[href="${from?.getAttribute("href")}"]`); // the page may have looked again meanwhile
    there?.focus();
  });
  over.addEventListener("click", (event) => {
    if (event.target === over || event.target.closest("[data-close]")) {
      event.preventDefault();
      over.close();
    }
    const turn = event.target.closest("a[rel]");
    if (turn) {
      event.preventDefault();
      show(turn.href);
    }
  });
  over.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    over.querySelector(`a[rel="${way}"]`)?.click();
  });
  over.showModal();
  show(url);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(look);
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  from = link;
  open(link.href);
});

// A preview that is still being made comes by itself, for as long as a large one may take.
function wait(within) {
  for (const place of within.querySelectorAll("[data-waiting]")) ask(place, 60);
}

async function ask(place, left) {
  if (left === 0 || !place.isConnected) return;
  const answer = await fetch(place.dataset.waiting, { method: "HEAD" }).catch(() => null);
  if (!answer?.ok) return setTimeout(() => ask(place, left - 1), 2000);
  const picture = document.createElement("img");
  picture.alt = place.dataset.alt;
  picture.src = place.dataset.waiting;
  const figure = place.closest("figure");
  place.replaceWith(picture);
  if (figure) retell(figure);
}

// retell brings what a picture says of itself, which was read while its preview was made.
async function retell(figure) {
  const href = figure.querySelector(look)?.getAttribute("href"), said = figure.querySelector("figcaption");
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!href || !said || !answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = [...page.querySelectorAll(`figure > ${look}`)].find((link) => link.getAttribute("href") === href)?.closest("figure").querySelector("figcaption");
  if (now) said.replaceWith(now);
}
wait(document);

// In a restored zone the previews are made again when somebody looks: then, too, they come by themselves.
function again(picture) {
  const place = document.createElement("span");
  place.className = "pw-unseen";
  place.textContent = picture.dataset.making;
  place.dataset.waiting = picture.src;
  place.dataset.alt = picture.alt;
  picture.replaceWith(place);
  ask(place, 60);
}
document.addEventListener("error", (event) => event.target.dataset?.making && again(event.target), true);
for (const picture of document.querySelectorAll("img[data-making]")) if (picture.complete && !picture.naturalWidth && picture.currentSrc) again(picture); // failed before this ran
