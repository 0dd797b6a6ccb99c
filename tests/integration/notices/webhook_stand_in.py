"""A receiver of webhooks, as an agency would write one: it trusts nothing but the signature and the time."""

import hashlib
import hmac
import json
import time
from http.server import BaseHTTPRequestHandler

MOST_AGE_SECONDS = 300


class WebhookStandIn:
    """Hold what was received and was truly signed, once a message, and what to answer next."""

    def __init__(self):
        self.secret, self.received, self.refused, self.calls = "", {}, [], []
        self.answer_next, self.on_taking, self.drip, self.url = [], None, False, ""


class Handler(BaseHTTPRequestHandler):
    """Verify and take."""

    def do_POST(self):
        """Take one call."""
        stand_in = self.server.stand_in
        body = self.rfile.read(int(self.headers["Content-Length"]))
        stand_in.calls.append((self.headers["Sightline-Message"], body))
        parts = dict(one.split("=") for one in self.headers["Sightline-Signature"].split(","))
        signed = hmac.new(stand_in.secret.encode(), f"{parts['t']}.".encode() + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(signed, parts["v1"]) or abs(time.time() - int(parts["t"])) > MOST_AGE_SECONDS:
            stand_in.refused.append(body)
            self._answer(401)
            return
        stand_in.received[self.headers["Sightline-Message"]] = json.loads(body)
        if stand_in.on_taking:
            stand_in.on_taking()
        if stand_in.drip:
            self._drip()
            return
        self._answer(*(stand_in.answer_next.pop(0) if stand_in.answer_next else (204,)))

    def _answer(self, status, location=None):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self):
        """Answer a byte at a time, for ever."""
        try:
            while True:
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def log_message(self, *_told):
        """Say nothing."""
