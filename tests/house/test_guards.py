"""What the linter of imports cannot see: keys and SQL point downwards, nobody below reads the clock, names say what."""

import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from tests.house.source import (
    clocks_read,
    functions_above,
    functions_made,
    is_above,
    models_of_others,
    module,
    modules,
    order_of_apps,
    tables_above,
    vague_names,
    without_a_sentence,
)

WRITTEN_BY_DJANGO = (".migrations", ".migrations.0001_initial")
# Bringing a backup back happens before there is a role to act in, so it cannot ask an app.
MAY_NAME_TABLES = {"sightline.interfaces.serve.restore": ("access_auditentry", "access_auditseal")}
# Making passwords needs chance, and waiting for a server needs to know how long it has been.
MAY_READ_CLOCKS = {"sightline.config.secrets", "sightline.config.postgres"}
# Invented lives come from a seed that is told, so that the same seed gives the same partnership.
SEEDED = re.compile(r"sightline\.demonstration\.\w+:\d+ imports random\.Random")
BELOW_THE_INTERFACES = ("domain", "apps", "reference", "demonstration", "config")


def models() -> list[type[Model]]:
    return [one for label in order_of_apps() for one in apps.get_app_config(label).get_models()]


def tables() -> dict[str, str]:
    return {one._meta.db_table: one._meta.app_label for one in models()}


@pytest.fixture(scope="module")
def house():
    return modules("sightline")


def test_every_app_is_in_the_order_and_the_settings_follow_it(settings):
    found = {one.name for one in iter_modules(import_module("sightline.apps").__path__)}
    assert found == set(order_of_apps())
    installed = [name for name in settings.INSTALLED_APPS if name.startswith("sightline.apps.")]
    assert installed == [f"sightline.apps.{name}" for name in order_of_apps()]


def test_foreign_keys_point_downwards():
    keys = [(one, field) for one in models() for field in one._meta.concrete_fields if field.is_relation]
    assert len(keys) > 20
    upward = [f"{one._meta.label}.{field.name}" for one, field in keys
              if field.related_model._meta.app_label in order_of_apps()
              and is_above(field.related_model._meta.app_label, one._meta.app_label)]
    assert upward == []


def test_migrations_wait_for_lower_apps_only():
    loader = MigrationLoader(None)
    ours = {key: one for key, one in loader.disk_migrations.items() if key[0] in order_of_apps()}
    assert len(ours) >= 2 * len(order_of_apps())
    assert [(key, other) for key, one in ours.items() for other, _ in one.dependencies
            if other in order_of_apps() and is_above(other, key[0])] == []


def test_sql_names_no_table_of_a_higher_app(house):
    assert len(tables()) > 15
    above = {(one.split(":")[0], one.split("names ")[1]) for one in tables_above(house, tables())}
    assert above == {(name, f"{table} of access") for name, allowed in MAY_NAME_TABLES.items() for table in allowed}


def test_a_table_of_a_higher_app_in_sql_is_found():
    known = {"signs_found": "signs", "people_person": "people"}
    assert tables_above([module("sightline.apps.people.queries", 'F = f"select 1 from signs_found {WHERE}"')], known)
    assert tables_above([module("sightline.interfaces.web.child.pages", 'SQL = "select 1 from people_person"')], known)
    assert not tables_above([module("sightline.apps.signs.queries", 'SQL = "select 1 from people_person"')], known)
    assert not tables_above([module("sightline.apps.people.queries", '"""Tell signs_found apart."""')], known)


def test_sql_calls_no_function_of_a_higher_app(house):
    made = functions_made(house)
    assert {"sightline_begin_work", "sightline_find", "sightline_shared"} <= set(made)
    assert functions_above(house, made) == []


def test_a_function_of_a_higher_app_in_sql_is_found():
    made = functions_made([module("sightline.apps.record.migrations.0002_protection",
                                  'A = "create function sightline_shared(entry uuid)"')])
    assert made == {"sightline_shared": "record"}
    assert functions_above([module("sightline.apps.people.queries", 'SQL = "select sightline_shared(%s)"')], made)


def test_the_models_of_an_app_are_its_own(house):
    assert models_of_others(house) == []


def test_an_import_of_another_apps_models_is_found():
    named = module("sightline.apps.signs.actions", "def f():\n    from sightline.apps.people.models import Person")
    whole = module("sightline.interfaces.web.x", "import sightline.apps.people.models")
    parent = module("sightline.interfaces.web.x", "from sightline.apps.people import models")
    own = module("sightline.apps.people.actions", "from sightline.apps.people.models import Person")
    assert [bool(models_of_others([one])) for one in (named, whole, parent, own)] == [True, True, True, False]


def test_only_interfaces_read_the_clock_or_leave_something_to_chance(house):
    below = [one for one in house if one.name.split(".")[1:2] != ["interfaces"] and one.name not in MAY_READ_CLOCKS]
    assert {one.name.split(".")[1] for one in below if "." in one.name} >= {*BELOW_THE_INTERFACES, "flow"}
    assert [one for one in clocks_read(below) if not SEEDED.fullmatch(one)] == []


@pytest.mark.parametrize("line", [
    "from datetime import datetime\nx = datetime.now(UTC)", "import datetime\nx = datetime.date.today()",
    "from uuid import uuid4", "import uuid\nx = uuid.uuid4()", "import random", "from random import choice",
    "import secrets", "from time import time", "import time\nx = time.monotonic()", "import os\nx = os.urandom(8)",
    "from django.utils import timezone\nx = timezone.now()",
])
def test_each_way_to_read_the_clock_or_chance_is_found(line):
    assert clocks_read([module("sightline.domain.x", line)])


def test_what_the_database_gives_is_neither():
    assert not clocks_read([module("sightline.apps.x", "from django.db.models.functions import Now\nx = Now()")])


def test_every_module_says_in_a_sentence_what_stands_in_it(house):
    written = [one for one in [*house, *modules("tests", "benchmarks")] if not one.name.endswith(WRITTEN_BY_DJANGO)]
    assert without_a_sentence(written) == []


def test_a_module_without_a_sentence_is_found():
    assert without_a_sentence([module("a", ""), module("b", '"""todo"""'), module("c", "x = 1"),
                               module("d", '"""Say what a day is."""')]) == ["a", "b", "c"]


def test_nothing_is_named_after_nothing_in_particular(house):
    assert vague_names([*house, *modules("tests", "benchmarks")]) == []
    assert vague_names([module("sightline.apps.people.utils", ""), module("sightline.core.x", "")])


def test_no_two_files_of_tests_share_a_name():
    found = Counter(one.name for one in Path(__file__).parents[1].rglob("test_*.py"))
    assert len(found) > 100
    assert [name for name, times in found.items() if times > 1] == []
