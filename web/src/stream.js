// One stream of events for all open pages of a browser: browsers allow six connections to a server over HTTP/1.1, and the seventh page would wait for ever.
// Where there are shared workers, one of them holds the stream for all pages of the same person and passes on what it hears; elsewhere (Chrome on
// Android) only a page that is looked at holds a stream of its own, and one that is looked at again looks whether it has missed something.

// listen calls hear with what has changed. one is the only case the page shows; worker, the address of the shared worker; whose, who is signed in.
export function listen({ worker, whose, one, hear, shared = globalThis.SharedWorker, source = globalThis.EventSource, page = document, view = window }) {
  if (worker && shared) {
    try {
      const port = new shared(worker, { name: `parkway-live-${whose}` }).port;
      port.onmessage = (event) => hear(event.data);
      port.start();
      view.addEventListener("pagehide", (event) => { if (!event.persisted) port.postMessage("gone"); });
      return;
    } catch { /* forbidden here: each page for itself */ }
  }
  let events = null, missed = false;
  const turn = () => {
    if (page.visibilityState === "hidden") {
      events?.close();
      missed = missed || events !== null;
      events = null;
    } else if (!events) {
      events = new source(one ? `/live?case=${one}` : "/live");
      events.addEventListener("changed", (event) => hear(JSON.parse(event.data)));
      if (missed) hear({ many: true });
      missed = false;
    }
  };
  page.addEventListener("visibilitychange", turn);
  view.addEventListener("pagehide", () => { events?.close(); missed = missed || events !== null; events = null; });
  view.addEventListener("pageshow", turn);
  turn();
}
