// Runs before the page is drawn: tells the styles that scripts run, so that nothing jumps.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
// Ctrl+Enter (or Cmd) presses the form's [data-send] button. Here, and not in a page's own script, because that comes later:
// on a slow night somebody may have typed and pressed before it is there.
document.addEventListener("keydown", function (event) {
  var form = event.target.form;
  var send = form && form.querySelector("[data-send]");
  if (send && event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) form.requestSubmit(send);
});
