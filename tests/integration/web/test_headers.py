"""What every answer tells the browser: load nothing from elsewhere, keep nothing, offer no device."""

import pytest

PLACES = ("/account/sign-in/", "/_look/record/", "/nowhere/", "/_look/error/500/", "/account/sign-up/")


@pytest.mark.parametrize("place", PLACES)
def test_every_page_may_load_only_what_is_ours_and_run_nothing_inline(client, place):
    policy = client.get(place).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    for kind in ("script", "style", "img", "font", "connect"):
        assert rules[f"{kind}-src"] == "'self'"
    assert rules["form-action"] == "'self'"
    assert "unsafe" not in policy


@pytest.mark.parametrize("place", PLACES)
def test_no_page_is_kept_or_framed_or_told_to_others(client, place):
    headers = client.get(place).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "noindex" in headers["X-Robots-Tag"]


def test_a_static_file_may_be_kept(client):
    headers = client.get("/static/sightline/sightline.css").headers
    assert headers.get("Cache-Control") != "no-store"


@pytest.mark.parametrize("place", ["/account/sign-in/", "/_look/", "/_look/record/", "/_look/form/"])
def test_no_page_holds_inline_style_or_script(client, place):
    page = client.get(place).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    for piece in page.split("<script")[1:]:
        opening = piece.partition(">")[0]
        assert "src=" in opening or 'type="application/json"' in opening
    assert "onclick" not in page and "javascript:" not in page


def test_over_https_the_cookies_are_bound_to_the_host():
    from sightline.config.web_settings import web_settings

    chosen = web_settings(https=True)
    assert chosen["SESSION_COOKIE_NAME"].startswith("__Host-") and chosen["SESSION_COOKIE_SECURE"]
    assert chosen["CSRF_COOKIE_NAME"].startswith("__Host-") and chosen["CSRF_COOKIE_SECURE"]
    assert chosen["SECURE_HSTS_SECONDS"] > 0
    assert not chosen["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]


def test_the_session_cookie_is_hidden_from_scripts_and_other_sites(at_work, settings):
    cookie = at_work.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
