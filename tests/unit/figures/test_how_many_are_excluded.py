"""How many children are excluded in a year, as published for England."""

from sightline.reference.figures.excluded import excluded, newest


def test_the_newest_year_of_each_group_is_as_published():
    assert {(one.group, one.what): (one.year, one.percent) for one in newest()} == {
        ("all pupils", "suspended"): ("2023/24", 4.041), ("all pupils", "permanently excluded"): ("2023/24", 0.129),
        ("children in need", "suspended"): ("2023/24", 14.24),
        ("children in need", "permanently excluded"): ("2023/24", 1.03),
        ("looked-after children", "suspended"): ("2023/24", 14.55)}
    assert len(excluded()) == 45
