// Let the minutes of the custody desk count on from what the server said, by its clock and in its words.
const desk = document.getElementById("desk");
const opened = performance.now();
const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60]];

function span(seconds) {
  let rest = Math.floor(Math.abs(seconds));
  const parts = UNITS.map(([word, size]) => {
    const number = Math.floor(rest / size);
    rest %= size;
    return [number, word];
  });
  const largest = parts.findIndex(([number]) => number);
  return parts.slice(largest < 0 ? 2 : largest).slice(0, 2).filter(([number]) => number)
    .map(([number, word]) => `${number} ${word}${number === 1 ? "" : "s"}`).join(" ") || "0 minutes";
}

function count() {
  const now = Date.parse(desk.dataset.at) + (performance.now() - opened);
  for (const one of desk.querySelectorAll("[data-since]")) {
    one.textContent = span((now - Date.parse(one.dataset.since)) / 1000);
  }
  for (const one of desk.querySelectorAll("[data-until]")) {
    const left = (Date.parse(one.dataset.until) - now) / 1000;
    one.textContent = left > 0 ? `In ${span(left)}` : `Late by ${span(left)}`;
    one.closest("li").classList.toggle("sightline-desk__child--late",
      left <= 0 || one.closest("li").hasAttribute("data-late"));
  }
}

if (desk) setInterval(count, 5000);
