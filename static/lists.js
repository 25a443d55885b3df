// A list that could not be fetched: a link is followed as any link, which says what is wrong; what
// was typed stays, with a sentence beside it.
const failed = (field) => field.closest("form")?.querySelector(".failed");

for (const event of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(event, ({ detail }) => {
    if (detail.elt.href) location.assign(detail.elt.href);
    else if (failed(detail.elt)) failed(detail.elt).hidden = false;
  });
}
document.addEventListener("htmx:afterOnLoad", ({ detail }) => {
  if (failed(detail.elt)) failed(detail.elt).hidden = true;
});
document.addEventListener("keydown", ({ key, target }) => {
  if (key === "Escape" && target.closest(".search")) target.blur();
});
