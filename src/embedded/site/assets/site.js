// The website's own script: the menu on a phone, the button "Request item", and the viewer.

const button = document.getElementById("menu-button");
const menu = document.getElementById("menu");
button.addEventListener("click", () => {
  const isOpen = menu.classList.toggle("open");
  button.setAttribute("aria-expanded", String(isOpen));
});

for (const request of document.querySelectorAll("[data-request]")) {
  request.addEventListener("click", () => {
    request.nextElementSibling.textContent = "Sign in to your library account to request items.";
  });
}

async function load(viewer) {
  viewer.textContent = "Loading";
  try {
    const answer = await fetch(viewer.dataset.loads);
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
    await answer.json();
    viewer.textContent = "The item is open.";
  } catch {
    viewer.textContent = "Something went wrong";
  }
}

document.querySelectorAll("[data-loads]").forEach(load);
