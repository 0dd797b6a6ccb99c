"""Our words for what the sign-in pages show: the fields of allauth's forms, a secret to type, and a browser."""

FIELD_WORDS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "password": "Password",  # nosec B105
    "oldpassword": "Present password",
    "password1": "New password",
    "password2": "New password again",
    "code": "Code",
    "name": "Name of the passkey",
    "passwordless": "Let this passkey sign me in without my password",
}

# Most browsers name others too, so the order decides.
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_in_words(user_agent: str) -> str:
    """Say which browser on which system this is: "Firefox on Windows"; what is not known stays so."""
    browser = next((words for sign, words in _BROWSERS if sign in user_agent), "A browser")
    system = next((words for sign, words in _SYSTEMS if sign in user_agent), None)
    return f"{browser} on {system}" if system else browser


def in_fours(secret: str) -> str:
    """Cut a secret into groups of four, as people type it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
