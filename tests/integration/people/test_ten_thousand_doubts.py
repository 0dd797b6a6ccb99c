"""The list of doubts stays fast while ten thousand wait that are another agency's."""

import statistics
import time

from django.db import connection

from sightline.apps.responsibility.reviewing import doubts_to_review

OTHERS = 10_000
SLOWEST = 0.5
"""Seconds that nineteen of twenty looks may take on a machine that does much else; measured alone it is a tenth."""
MADE = """
with people as (insert into people_person (made_at) select now() from generate_series(1, %s) returning id),
numbered as (select id, row_number() over () as n from people)
insert into people_identity (agency_id, scheme, key, person_id, keys)
select (select id from access_agency where name = 'Essex Council'), 'x', n::text, id, '{}' from numbered
"""
DOUBTED = """
with numbered as (select id, row_number() over (order by id) as n from people_identity where scheme = 'x')
insert into people_doubt (one_id, other_id, because, opened_at, answer, reason)
select a.id, b.id, '[]', now() - make_interval(mins => a.n::int), 'open', '' from numbered a
  join numbered b on b.n = a.n + 1 where a.n %% 2 = 1
"""


def test_ten_thousand_doubts_of_another_agency_do_not_slow_the_list(pair, everything):
    everything(MADE, OTHERS * 2)
    everything(DOUBTED)
    with connection.cursor() as cursor:
        cursor.execute("analyze people_identity, people_doubt, people_person, people_involvement")
    assert everything("select count(*) from people_doubt where answer = 'open'") == [(OTHERS + 1,)]
    took = []
    with pair.acting("Beth"):
        for _ in range(40):
            began = time.perf_counter()
            found, total = doubts_to_review(most=25)
            took.append(time.perf_counter() - began)
    assert ([one.id for one in found], total) == ([pair.doubt], 1)
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"own 1 of {OTHERS}: median {statistics.median(took) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")
    assert p95 < SLOWEST
    took = []
    with pair.acting("Carl"):
        for _ in range(10):
            began = time.perf_counter()
            _, total = doubts_to_review(most=25)
            took.append(time.perf_counter() - began)
    assert total == OTHERS
    print(f"own {OTHERS}: median {statistics.median(took) * 1000:.0f} ms, most {max(took) * 1000:.0f} ms")
