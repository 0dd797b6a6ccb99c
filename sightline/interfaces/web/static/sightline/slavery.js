// Keep what is typed into a referral as it is typed, show what hangs on a choice only where the choice asks for it,
// and copy an answer. Every page does its work without this script: then a button saves, and all questions stand there.
const PAUSE = 1_200;
const waiting = new Map();

function data(form, name) {
  const all = new FormData(form);
  const told = new FormData();
  for (const key of ["csrfmiddlewaretoken", "of", `seen-${name}`]) told.set(key, all.get(key) ?? "");
  told.set("asks", name);
  if (all.has(name)) told.set(name, all.get(name));
  return told;
}

async function keep(form, name) {
  const said = form.querySelector("[data-saved]");
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: data(form, name), redirect: "manual", headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.refused);
    if (name in told.numbers) form.querySelector(`[name="seen-${name}"]`).value = told.numbers[name];
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    said.textContent = told.crossed.length
      ? `Kept at ${time}. Somebody else answered this while you wrote: ${told.crossed.join(", ")}. Both are kept.`
      : `Kept at ${time}.`;
  } catch {
    said.textContent = "Not kept: no connection, or the session has ended. Copy what you typed, and save again.";
  }
}

function soon(form, name, after) {
  clearTimeout(waiting.get(name));
  waiting.set(name, setTimeout(() => keep(form, name), after));
}

function showWhatIsAsked(form) {
  for (const part of form.querySelectorAll("[data-when]")) {
    const chosen = form.querySelector(`[name="${part.dataset.when}"]:checked`);
    part.hidden = !chosen || !part.dataset.answers.split(" ").includes(chosen.value);
  }
}

for (const form of document.querySelectorAll("form[data-saves]")) {
  showWhatIsAsked(form);
  form.addEventListener("change", (event) => {
    showWhatIsAsked(form);
    soon(form, event.target.name, 0);
  });
  form.addEventListener("input", (event) => soon(form, event.target.name, PAUSE));
  form.addEventListener("submit", () => waiting.forEach((timer) => clearTimeout(timer)));
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.firstChild.textContent = "Copied";
  });
}
