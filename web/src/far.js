// Whoever waits for a sheet of many rows sees how far it is. Without this file the browser says that it waits.

// follow shows in a place what the address answers, again and again, until told to stop or nothing can be heard. What is not under way is answered with nothing.
export function follow(url, place, { ask = fetch, wait = (ms) => new Promise((done) => setTimeout(done, ms)), every = 500 } = {}) {
  const state = { over: false };
  state.ended = (async () => {
    while (!state.over) {
      await wait(every);
      try {
        const answer = await ask(url, { headers: { Accept: "text/html" } });
        if (!state.over && answer.status === 200) place.innerHTML = await answer.text();
      } catch {
        return; // the page is being left
      }
    }
  })();
  return state;
}

if (typeof document !== "undefined") {
  document.addEventListener("submit", (event) => {
    const form = event.target, place = form.querySelector(".pw-far");
    if (!form.dataset.far || !place || event.defaultPrevented) return;
    const one = follow(form.dataset.far, place);
    window.addEventListener("pageshow", () => { one.over = true; place.replaceChildren(); }, { once: true });
  });
}
