"""The glossary has a word for each thing that the code names, and names nothing that the code does not have."""

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ROWS = re.findall(r"^\| (?!word|-)(.+?) \| (.+?) \| (.*?)\|$",
                  (PROJECT / "docs/reference/glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
WORDS = [word for word, _, _ in ROWS]
NAMED = {name for _, _, code in ROWS for name in re.findall(r"`(\w+)`", code)}


def things() -> set[str]:
    """Give the names of the classes of the vocabulary and of all models: errors and what only makes rows left out."""
    files = [*(PROJECT / "sightline/domain/vocabulary").glob("*.py"), *(PROJECT / "sightline/apps").rglob("models.py"),
             *(PROJECT / "sightline/apps").rglob("models/*.py")]
    return {node.name for file in files for node in ast.parse(file.read_text(encoding="utf-8")).body
            if isinstance(node, ast.ClassDef) and not is_left_out(node)}


def is_left_out(node: ast.ClassDef) -> bool:
    """Tell errors, and the maker of officers that Django's sign-in asks for."""
    bases = {ast.unparse(base).partition("[")[0] for base in node.bases}
    return bool(bases & {"ValueError", "LookupError", "PermissionError", "BaseUserManager"})


def test_the_code_is_read():
    assert {"Entry", "Duty", "OwedDuty", "AuditSeal", "PieceOfWork"} <= things()


def test_each_thing_that_the_code_names_has_its_word():
    assert things() - NAMED == set()


def test_the_glossary_names_nothing_that_the_code_does_not_have():
    assert NAMED - things() == set()


def test_each_word_stands_once_and_in_its_place():
    assert sorted(set(WORDS)) == WORDS
