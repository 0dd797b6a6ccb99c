// Keep what is typed into a form until it is sent: a second after the typing stops, and when the page is left.
// Where the session has ended meanwhile, the form is not sent into nothing: the words stay on the page, and say so.
const AFTER = 1000;

function keep(form, keeper) {
  const status = keeper.querySelector("[role=status]");
  const back = form.querySelector("input[name=back]").value;
  let timer;
  let saving = null;
  let unsaved = false;
  let sent = false;
  let gone = false;

  const post = (more) => fetch(keeper.dataset.keep, {
    method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" },
    redirect: "manual", cache: "no-store", ...more,
  });

  // Somebody who signed in again in another window has a new token; the page takes it over.
  async function renew() {
    const page = await fetch(back, { redirect: "manual", cache: "no-store" });
    if (page.status !== 200) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = fresh.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (!token) return false;
    for (const one of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) one.value = token;
    return true;
  }

  function notKept() {
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = back;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = "Sign in again in a new window";
    status.classList.add("govuk-error-message");
    status.replaceChildren("Not kept: your session has ended, or there is no connection. ", link,
      ", come back here, and send it. What you typed stays on this page.");
  }

  async function save() {
    clearTimeout(timer);
    unsaved = false;
    try {
      let answer = !gone || await renew() ? await post() : null;
      if (answer?.status === 403 && await renew()) answer = await post();
      gone = answer === null || answer.type === "opaqueredirect" || answer.status === 401;
      if (answer?.status === 200 || answer?.status === 413) {
        status.textContent = (await answer.json()).words;
        status.classList.toggle("govuk-error-message", answer.status === 413);
        return true;
      }
    } catch {
      // No connection: said below, and tried again with the next letter.
    }
    unsaved = true;
    notKept();
    return false;
  }

  function begin() {
    const mine = (saving ?? Promise.resolve()).then(save).finally(() => { if (saving === mine) saving = null; });
    saving = mine;
    return mine;
  }

  function typed() {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(begin, AFTER);
  }

  form.addEventListener("input", typed);
  // What was typed before this script came is kept as well.
  if ([...form.querySelectorAll("textarea, input[type=text]")].some((one) => one.value !== one.defaultValue)) typed();

  form.addEventListener("submit", async (event) => {
    if (sent || event.submitter?.hasAttribute("formaction") || !(unsaved || saving)) {
      sent = true;
      return;
    }
    event.preventDefault(); // whatever is on its way arrives first: what was sent must not be kept once more
    clearTimeout(timer);
    if (await (unsaved ? begin() : saving)) {
      sent = true;
      setTimeout(() => form.requestSubmit(event.submitter)); // not from within the event that was stopped
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && unsaved && !sent) begin();
  });
  window.addEventListener("pagehide", () => {
    if (unsaved && !sent) post({ keepalive: true }).catch(() => {});
  });
  window.addEventListener("pageshow", () => { sent = false; });
}

for (const keeper of document.querySelectorAll("[data-keep]")) keep(keeper.closest("form"), keeper);
