// Ask now and then whether anything is new, and say so politely. Nothing that somebody reads is moved or changed:
// the line stands where room was kept for it, and what is new is shown when it is asked for.
const line = document.getElementById("inbox-new");
const EVERY = 20_000;
let asking;
let said = 0;

function say(words, number) {
  if (number === said) return;
  said = number;
  const link = document.createElement("a");
  link.className = "govuk-link govuk-link--no-visited-state";
  link.href = line.dataset.show;
  link.textContent = line.dataset.says ?? "show them";
  line.replaceChildren(`${words}: `, link);
  line.classList.add("sightline-new--some");
  document.title = `(${number}) ${document.title.replace(/^\(\d+\) /, "")}`;
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(line.dataset.ask, { redirect: "manual", cache: "no-store" });
    if (answer.status === 200) {
      const told = await answer.json();
      if (told.new) say(told.words, told.new);
    } else {
      clearInterval(asking); // the session has paused or ended: the next page says so
    }
  } catch {
    // No connection just now: the next question may get through.
  }
}

if (line) {
  asking = setInterval(ask, Number(line.dataset.every) || EVERY);
  document.addEventListener("visibilitychange", ask);
}
