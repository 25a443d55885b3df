// What shows a page of ours where there is no network; a browser that has no such thing shows its own.
navigator.serviceWorker?.register("/offline.js").catch(() => {});

// A form sent where there is no network would be gone, with all that was typed into it. Asked and
// not forbidden: the server may stand on this very device.
const { withoutNetwork } = document.currentScript.dataset;
document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.target.method !== "post") return;
  if (!confirm(withoutNetwork)) event.preventDefault();
});
