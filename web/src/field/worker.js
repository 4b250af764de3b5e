// The service worker of the field page. It sees /field and the files that its page is drawn with, and nothing else of the program: no other page can be stale.
// A page comes from the program whenever that answers; the device's own is shown only where it does not.
const keeps = self.parkwayKeeps, shell = "/field/shell", page = "/field";
const family = "parkway-field ", mine = family + keeps.join(" "), patience = 6000; // ms

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(mine);
    await cache.addAll([shell, ...keeps].map((url) => new Request(url, { cache: "reload" }))); // all of it or nothing: then the worker before this one stays
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    await forget((name) => name !== mine);
    await self.clients.claim();
  })());
});

async function forget(fits) {
  for (const name of await caches.keys()) if (name.startsWith(family) && fits(name)) await caches.delete(name);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === page) event.respondWith(open(event));
  else if (keeps.includes(url.pathname)) event.respondWith(kept(event.request));
});

async function open(event) {
  const own = async () => (await caches.open(mine)).match(shell);
  const late = new Promise((done) => setTimeout(done, patience, "late"));
  const asked = fetch(event.request).catch(() => null);
  let answer = await Promise.race([asked, late]);
  if (answer === "late") answer = (await own()) ?? (await asked);
  if (answer?.status === 404) { // a program that has no such page: older than this one, or newer. The worker goes, and the drafts stay.
    event.waitUntil(forget(() => true).then(() => self.registration.unregister()));
    return answer;
  }
  if (!answer || answer.status >= 500) return (await own()) ?? answer ?? Response.error();
  return answer;
}

async function kept(request) {
  return (await (await caches.open(mine)).match(request, { ignoreVary: true })) ?? fetch(request);
}
