// Fields that a library leaves without a name for a screen reader: the boxes that Select2 draws over
// a field, and the cells of a table of rows, which stand under a heading.
const nameOf = (field) =>
  document.querySelector(`label[for="${field.id}"]`)?.innerText.trim() ||
  field.closest("td")?.getAttribute("data-label") ||
  field.closest("table")?.querySelector(`thead th:nth-child(${field.closest("td")?.cellIndex + 1})`)?.innerText.trim();

const nameFields = () => {
  for (const field of document.querySelectorAll("td :is(input, select, textarea):not([type=hidden])")) {
    if (!field.labels?.length && !field.ariaLabel) field.ariaLabel = nameOf(field) || field.name;
  }
  for (const field of document.querySelectorAll("select.select2-hidden-accessible")) {
    const box = field.nextElementSibling;
    for (const part of box?.querySelectorAll("[role=combobox], [role=textbox]") ?? []) {
      part.removeAttribute("aria-labelledby");
      part.ariaLabel = `${nameOf(field) || ""} ${part.innerText}`.trim();
    }
  }
};

// After those of the libraries, which wait for the same.
window.addEventListener("load", () => setTimeout(nameFields));
document.addEventListener("change", nameFields);
document.addEventListener("formset:added", nameFields);
