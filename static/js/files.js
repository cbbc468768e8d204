// Takes files that are dropped onto a form, and names those that are chosen. Without scripts the field does.
"use strict";

for (const input of document.querySelectorAll("input.file")) {
  const field = input.closest(".field");
  const names = field.querySelector(".file-names");
  const over = (isOver) => field.classList.toggle("is-over", isOver);

  field.querySelector(".file-drop").hidden = false;
  input.addEventListener("input", () => {
    names.textContent = [...input.files].map((file) => file.name).join(", ");
  });
  input.form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  input.form.addEventListener("dragleave", () => over(false));
  input.form.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    const chosen = new DataTransfer();
    const files = [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1);
    for (const file of files) chosen.items.add(file);
    input.files = chosen.files;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
