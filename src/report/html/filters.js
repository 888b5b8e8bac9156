// Adds filters by owner and outcome above the criteria. Without it, all of them are shown.
(() => {
  const criteria = [...document.querySelectorAll("details.criterion")];
  const place = document.getElementById("filters");
  const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);
  const form = make("form", { className: "filters" });
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Filter the criteria");
  const shown = make("p", { className: "faint" });
  shown.setAttribute("role", "status");

  const choice = (label, key) => {
    const select = make("select");
    const values = [...new Set(criteria.map((it) => it.dataset[key]))];
    select.append(make("option", { value: "", textContent: "all" }));
    select.append(...values.map((value) => make("option", { value, textContent: value.slice(0, 60) })));
    const box = make("label", { textContent: label });
    box.append(select);
    form.append(box);
    select.addEventListener("change", show);
    return (it) => select.value === "" || it.dataset[key] === select.value;
  };
  const fold = (label, open) => {
    const button = make("button", { type: "button", textContent: label });
    button.addEventListener("click", () => criteria.forEach((it) => { if (!it.hidden) it.open = open; }));
    form.append(button);
  };

  function show() {
    criteria.forEach((it) => { it.hidden = !(owner(it) && outcome(it)); });
    document.querySelectorAll(".group").forEach((group) => {
      group.hidden = !group.querySelector("details.criterion:not([hidden])");
    });
    const left = criteria.filter((it) => !it.hidden).length;
    shown.textContent = `${left} of ${criteria.length} criteria shown. Printed is what is unfolded.`;
  }

  const owner = choice("Owner", "owner");
  const outcome = choice("Outcome", "outcome");
  fold("Unfold all", true);
  fold("Fold all", false);
  form.append(shown);
  place.append(form);
  show();
})();
