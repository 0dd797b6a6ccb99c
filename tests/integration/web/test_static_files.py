"""Every file that a page or a style sheet names exists, hashed too, and nothing of GOV.UK's brand does."""

import re

from django.contrib.staticfiles import finders
from django.core.management import call_command

from sightline.config.web_settings import WEB

VENDOR = WEB / "static" / "vendor"


def test_every_static_file_that_is_named_exists():
    sources = [*(WEB / "templates").rglob("*.html"), WEB / "broken.html"]
    named = {
        name
        for path in sources
        for name in re.findall(r"static\('([^']+)'\)|/static/([^\"']+)", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 8
    for names in named:
        name = "".join(names)
        assert finders.find(name), f"{name} does not exist"


def test_they_can_be_collected_under_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    style = next(tmp_path.glob("sightline/sightline.*.css.gz"))
    assert style.stat().st_size < 6_000
    sheet = next(tmp_path.glob("vendor/moj-frontend-*/moj-frontend.min.????????????.css")).read_text()
    for picture in re.findall(r"url\((?!data:)[\"']?([^)\"']+)", sheet):
        assert next(tmp_path.glob(f"vendor/moj-frontend-*/{picture}"), None), picture


def test_the_brand_of_gov_uk_is_not_here():
    for path in VENDOR.rglob("*"):
        assert path.suffix not in (".woff", ".woff2"), path
        assert "crest" not in path.name and "crown" not in path.name and "favicon" not in path.name, path
        if path.suffix == ".css":
            assert "GDS Transport" not in path.read_text(encoding="utf-8")


def test_what_a_page_needs_stays_light():
    served = sum(path.stat().st_size for path in VENDOR.rglob("*") if path.suffix in (".css", ".js"))
    assert served < 260_000


def test_each_folder_from_elsewhere_holds_its_licence():
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert len(folders) == 3
    for folder in folders:
        assert (folder / "LICENSE.txt").stat().st_size > 300
