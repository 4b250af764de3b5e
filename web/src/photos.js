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
  for (const place of within.querySelectorAll("[data-waiting]")) expect(place);
}

let coming = 0, retold = false; // previews that are asked for; the page is being read again
const told = []; // figures whose previews came and whose words did not yet

// expect asks for one preview until it is there, gone or given up.
async function expect(place) {
  coming++;
  await ask(place, 60);
  coming--;
  if (told.length > 0) retell();
}

async function ask(place, left) {
  for (; ; left--) {
    if (left === 0 || !place.isConnected) return;
    const answer = await fetch(place.dataset.waiting, { method: "HEAD" }).catch(() => null);
    if (answer?.ok) break;
    await new Promise((go) => setTimeout(go, 2000));
  }
  const picture = document.createElement("img");
  picture.alt = place.dataset.alt;
  picture.src = place.dataset.waiting;
  const figure = place.closest("figure");
  place.replaceWith(picture);
  if (figure) told.push(figure);
}

// retell brings what pictures say of themselves, which was read while their previews were made: once, when the last of them has come.
async function retell() {
  if (retold || coming > 0) return;
  retold = true;
  const figures = told.splice(0);
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  retold = false;
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const figure of figures) {
    const href = figure.querySelector(look)?.getAttribute("href"), said = figure.querySelector("figcaption");
    const now = [...page.querySelectorAll(`figure > ${look}`)].find((link) => link.getAttribute("href") === href)?.closest("figure").querySelector("figcaption");
    if (said && now) said.replaceWith(now);
  }
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
  expect(place);
}
document.addEventListener("error", (event) => event.target.dataset?.making && again(event.target), true);
for (const picture of document.querySelectorAll("img[data-making]")) if (picture.complete && !picture.naturalWidth && picture.currentSrc) again(picture); // failed before this ran
