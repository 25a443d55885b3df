// What shows a page of ours where there is no network; a browser that has no such thing shows its own.
navigator.serviceWorker?.register("/offline.js").catch(() => {});
