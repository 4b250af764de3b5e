// Holds the browser's one stream of events (see stream.js). It lives as long as a page does that has connected to it.
const pages = new Set();
let events = null;

self.onconnect = (event) => {
  const port = event.ports[0];
  pages.add(port);
  port.onmessage = (message) => { if (message.data === "gone") pages.delete(port); };
  port.start();
  if (events && events.readyState !== EventSource.CLOSED) return;
  events = new EventSource("/live");
  events.addEventListener("changed", (told) => {
    const change = JSON.parse(told.data);
    for (const page of pages) page.postMessage(change);
  });
};
