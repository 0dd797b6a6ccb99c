"""The settings of the pages: apps, middleware, templates, sign-in, sessions and what a browser may load."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

SIGHTLINE = Path(__file__).resolve().parent.parent
WEB = SIGHTLINE / "interfaces" / "web"

INSTALLED_APPS_WEB = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
]

# What binds a transaction to the officer and the purpose belongs behind these.
MIDDLEWARE_WEB = [
    "sightline.interfaces.web.response_headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "sightline.interfaces.serve.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "sightline.interfaces.web.sign_in.second_factor.SecondFactor",
    "sightline.interfaces.web.sign_in.pause.Pause",
    "sightline.interfaces.web.at_work.AtWork",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "pages",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "sightline.interfaces.web.templating.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "sightline.interfaces.web.shell.shell",
                "sightline.interfaces.web.sign_in.demonstration.offered",
            ],
        },
    },
    {
        # Some of allauth's short messages are Django templates; every page is one of ours.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "messages",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# There is no inline script and no inline style on any page, so neither a nonce nor a hash is needed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}


def web_settings(*, https: bool, proxies: int = 0, demonstration: Path | None = None) -> dict[str, Any]:
    """Give the settings of the pages.

    `https` tells whether browsers reach us by https, `proxies` how many proxies of ours stand in front, and
    `demonstration` the file that names the log-ins of a demonstration (None: this is no demonstration).
    """
    return {
        "TEMPLATES": TEMPLATES,
        "CONTENT_SECURITY_POLICY": CONTENT_SECURITY_POLICY,
        "ROOT_URLCONF": "sightline.interfaces.web.urls",
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [WEB / "static"],
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
        "WHITENOISE_MAX_AGE": 3600,
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "DEMONSTRATION": demonstration is not None,
        "DEMONSTRATION_FILE": demonstration,
        "SHOW_LOOK": False,
        **_browser(https=https),
        **_sessions(https=https),
        **_sign_in(https=https, proxies=proxies),
    }


def _browser(*, https: bool) -> dict[str, Any]:
    """Say what a browser must keep to."""
    return {
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_HSTS_SECONDS": 31_536_000 if https else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": https,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": https,
        "CSRF_COOKIE_NAME": "__Host-sightline-csrf" if https else "sightline-csrf",
        "CSRF_FAILURE_VIEW": "sightline.interfaces.web.errors.csrf_failed",
    }


def _sessions(*, https: bool) -> dict[str, Any]:
    """Say how long a session holds.

    After 30 minutes without use, and 12 hours after the last proof, the officer proves again who it is and goes on
    where the work stopped (NIST SP 800-63B, section 4.2.3). The session itself lasts for a day after its last use, so
    that what was being written is still there to go on with; without a new proof it opens nothing.
    """
    return {
        "SESSION_ENGINE": "django.contrib.sessions.backends.db",
        "SESSION_SERIALIZER": "sightline.interfaces.web.sign_in.sealing.SealedSession",
        "SESSION_COOKIE_NAME": "__Host-sightline-session" if https else "sightline-session",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 24 * 3600,
        "SESSION_SAVE_EVERY_REQUEST": False,
        "SESSION_IDLE": timedelta(minutes=30),
        "SESSION_PROOF": timedelta(hours=12),
        # Rate limits are counted here; a cache of one process would count each process alone.
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}},
    }


def _sign_in(*, https: bool, proxies: int) -> dict[str, Any]:
    """Say how officers sign in: password and a second factor, or a passkey; nobody signs up."""
    return {
        "AUTH_USER_MODEL": "access.Officer",
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "allauth.account.auth_backends.AuthenticationBackend",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
            for name, options in (
                ("MinimumLengthValidator", {"min_length": 12}),
                ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
                ("CommonPasswordValidator", {}),
            )
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_ADAPTER": "sightline.interfaces.web.sign_in.adapter.Accounts",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
        "ACCOUNT_EMAIL_VERIFICATION": "none",
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": False,  # nosec B105
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 300,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if https else "http",
        "ALLAUTH_TRUSTED_PROXY_COUNT": proxies,
        "MFA_ADAPTER": "sightline.interfaces.web.sign_in.adapter.SecondFactors",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_FORMS": {
            "authenticate": "sightline.interfaces.web.sign_in.code.OnceOnly",
            "reauthenticate": "sightline.interfaces.web.sign_in.code.OnceOnlyAgain",
            "authenticate_webauthn": "sightline.interfaces.web.sign_in.passkey.SecondPasskey",
            "login_webauthn": "sightline.interfaces.web.sign_in.passkey.OnlyPasskey",
            "reauthenticate_webauthn": "sightline.interfaces.web.sign_in.passkey.PasskeyAgain",
            "add_webauthn": "sightline.interfaces.web.sign_in.passkey.NewPasskey",
        },
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": "Sightline",
        # A code typed in its last second is still good in the next half minute; sign_in.code keeps it from being
        # used a second time.
        "MFA_TOTP_TOLERANCE": 1,
        "MFA_ALLOW_UNVERIFIED_EMAIL": True,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not https,
        "USERSESSIONS_TRACK_ACTIVITY": False,
        **_throttle(),
    }


def _throttle() -> dict[str, Any]:
    """Say when guessing is stopped: five wrong passwords for one address from one place, for a quarter of an hour."""
    return {
        "AXES_FAILURE_LIMIT": 5,
        "AXES_COOLOFF_TIME": timedelta(minutes=15),
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_ENABLE_ADMIN": False,
        "AXES_VERBOSE": False,
        "AXES_USERNAME_CALLABLE": "sightline.interfaces.web.sign_in.throttle.who",
        "AXES_CLIENT_IP_CALLABLE": "sightline.interfaces.web.sign_in.throttle.whence",
        "AXES_CLIENT_STR_CALLABLE": "sightline.interfaces.web.sign_in.throttle.named",
        "AXES_LOCKOUT_CALLABLE": "sightline.interfaces.web.sign_in.throttle.locked_out",
    }
