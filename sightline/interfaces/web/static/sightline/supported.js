// Runs before the page is drawn, so that parts which scripts fold away are never seen unfolded first.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
