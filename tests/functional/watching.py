"""What the browser complains of while a test runs."""

from urllib.parse import unquote_plus

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

from tests import canaries

TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`Content policy: ${event.violatedDirective} refused ${event.blockedURI}`));
"""


class Watch:
    """Note what the browser complains of; the status of a page itself is the test's own affair."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self._documents: set[str] = set()
        context.add_init_script(TELL_VIOLATIONS)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script failed: {error.error}"))
        context.on("requestfailed", self._failed)

    def _response(self, response: Response) -> None:
        if response.request.resource_type == "document":
            self._documents.add(response.url)
            canaries.look("an address", unquote_plus(response.url))
        elif response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before it had loaded all
            self.complaints.append(f"not loaded: {request.url} ({request.failure})")

    def _console(self, message: ConsoleMessage) -> None:
        of_the_page = message.location["url"] in self._documents and "Failed to load resource" in message.text
        if message.type in ("error", "warning") and not of_the_page:
            self.complaints.append(message.text)
