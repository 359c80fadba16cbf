/*
 * The shop's own script: counts what is in the basket and keeps the number between pages.
 * It stands for everything a real page does by itself beside the chat.
 */
const key = "shop-basket";
const shown = document.querySelector("#basket");
const read = () => Number(sessionStorage.getItem(key)) || 0;
const show = () => (shown.textContent = `Basket (${read()})`);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-good]");
  if (!button) return;
  sessionStorage.setItem(key, read() + 1);
  button.textContent = "In your basket";
  show();
});
show();
