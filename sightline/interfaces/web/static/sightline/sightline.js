// The one script of our pages: it wakes the components of GOV.UK Frontend. Every page does its work without it.
import { initAll } from "../vendor/govuk-frontend-6.6.0/govuk-frontend.min.js";

initAll();

// A link from a reason to its entry should move the reader there too, not only the picture.
function goTo(hash) {
  if (hash.length < 2) return;
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (target && target.tabIndex === -1) target.focus({ preventScroll: true });
}

window.addEventListener("hashchange", () => goTo(window.location.hash));

// Parts that htmx brings in later need waking as well.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) initAll({ scope: event.target });
});

// allauth's scripts tell here that the browser gave no passkey; the page says so in words.
document.addEventListener("allauth.error", (event) => {
  const words = document.getElementById("passkey-failed");
  if (!words) return;
  event.preventDefault();
  words.hidden = false;
  words.focus();
});
