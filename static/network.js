// What shows a page of ours where there is no network; a browser that has no such thing shows its own.
navigator.serviceWorker?.register("/offline.js").catch(() => {});

// A form sent where there is no network would be gone, with all that was typed into it. One is asked
// and not stopped: the server may stand on this very device.
const { withoutNetwork } = document.currentScript.dataset;
const TYPED = "input:not([type=hidden]), select, textarea";
document.addEventListener("submit", (event) => {
  const how = event.target.getAttribute("method") ?? "get";
  if (navigator.onLine || how.toLowerCase() !== "post") return;
  if (!event.target.querySelector(TYPED) || confirm(withoutNetwork)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);  // before anything else sends it
