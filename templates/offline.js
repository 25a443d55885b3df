{% load static %}// Shows pages of ours where there is no network: one instead of a page, one after something was
// sent, which may have arrived. Nothing else is kept on the device: no page that somebody saw, and
// nobody's data.
const PAGE = "{% url 'offline' %}";
const SENT = "{% url 'offline_sent' %}";
const FILES = [PAGE, SENT, "{% static 'pages.css' %}", "{% static 'logo.svg' %}"];
const KEPT = [...FILES, "{{ digest }}"].join(" ");  // other pages are kept anew

self.addEventListener("install", (event) => {
  const fetched = caches.open(KEPT).then((kept) => kept.addAll(FILES));
  event.waitUntil(fetched.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const olderOnes = caches.keys().then((names) => names.filter((name) => name !== KEPT));
  event.waitUntil(Promise.all([
    olderOnes.then((names) => Promise.all(names.map((name) => caches.delete(name)))),
    self.registration.navigationPreload?.enable(),
    self.clients.claim(),
  ]));
});

const fromNetwork = async (event) => (await event.preloadResponse) ?? fetch(event.request);

const kept = ({ method }) => caches.match(method === "GET" ? PAGE : SENT);

self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") {
    event.respondWith(fromNetwork(event).catch(() => kept(event.request)));
  } else if (FILES.includes(new URL(event.request.url).pathname)) {
    // At once, since a line that hangs may not fail for long.
    event.respondWith(caches.match(event.request).then((file) => file ?? fetch(event.request)));
  }
});
