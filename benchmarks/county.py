"""Fill a database with invented people as fast as it goes: straight into the tables, past intake and matching.

What is measured on it is how pages read and write a large database, not how it came to be. Each child has two
identities, ten entries and the parts of three agencies; one in ten has an open duty with its notice, one in five a
sign, one in 25 an open doubt. All rows are in the shape in which the actions of the apps write them.
"""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg

from sightline.config.postgres import EmbeddedPostgres
from sightline.domain.linkage.described import described
from sightline.domain.linkage.keys import stored_keys
from sightline.domain.vocabulary.identity import Identity

ENTRIES_A_CHILD = 10
GIVEN = ("Amara", "Jamie", "Zoë", "Mohammed", "Chloe", "Tyler", "Aisha", "Oliver", "Niamh", "Kacper", "Grace", "Leo")
FAMILY = ("Okafor", "O'Neill", "Kowalska", "Khan", "Smith", "Jones", "Hussain", "Williams", "Murphy", "Brown", "Taylor",
          "Evans", "Walker", "Ali", "Hughes", "Green", "Hall", "Wood", "Patel", "Clarke")

PARTS = """
insert into people_involvement (person_id, agency_id, part, sees, since)
select distinct i.person_id, p.agency, p.part, p.sees, now() from people_identity i, lateral (values
  (i.agency_id, 'told us about the child', 'own'),
  (case when i.scheme = 'care' then i.agency_id end, 'council where the child lives', 'whole'),
  (case when i.scheme = 'care' then (select agency_id from access_cover where covered_id = i.agency_id
    and agency_id in (select id from access_agency where kind = 'police') limit 1) end,
   'police force where the child lives', 'own')) as p(agency, part, sees)
where p.agency is not null
"""
ENTRIES = """
insert into record_entry (identity_id, told_by_id, by, source_key, revision, digest, kind, at, starts, facts, people,
  things, recorded_at)
select i.id, i.agency_id, a.name, 'made/' || n, 1, decode(md5(i.id::text || n), 'hex'), k.kind, k.at, k.at,
  k.facts::jsonb, '[]', '[]', k.at + interval '1 hour'
from people_identity i join access_agency a on a.id = i.agency_id cross join generate_series(1, %s) n
cross join lateral (select
  (array['school.attendance', 'school.exclusion', 'care.referral', 'police.stop', 'missing.reported'])[1 + n %% 5],
  now() - interval '1 day' * (1 + abs(hashtext(i.id::text || n)) %% 700),
  (array['{"possible": 10, "attended": 7}', '{"category": "SUSP", "sessions": 4, "reasons": ["DB"]}',
    '{"source": "6"}', '{"offence": "drugs-possession"}', '{"grade": "medium"}'])[1 + n %% 5]) as k(kind, at, facts)
"""
READINGS = """
insert into signs_personreading (person_id, attention, because, families, read_at)
select id, 'none', 'No sign is shown.', 0, now() from people_person
"""
SIGNS = """
insert into signs_found (person_id, code, family, critical, title, because, reasons, first_at, last_at, edition, source,
  verified, found_at, changed_at, against, against_words)
select i.person_id, 'C05', 'education', false, 'Excluded from school', array[e.id], array['Suspended for 4 sessions'],
  e.at::date::text, e.at::date::text, '1', 'invented for a benchmark', true, now(), now(), '{}', '{}'
from people_identity i join record_entry e on e.identity_id = i.id and e.source_key = 'made/1'
where i.scheme = 'care' and abs(hashtext(i.person_id::text)) % 5 = 0
"""
DUTIES = """
insert into duties_owedduty (person_id, code, edition, what, part, started_by_id, started_key, started_at, watched,
  owed_by_words, owed_by_id, owner_id, owed_to, due_at, due_is_day, target_is_day, act_by, danger, estimated, state,
  authority, verified, explanation, opened_at, steps_taken)
select i.person_id, 'D-EX-4', '1', 'Screen the child for exploitation', 'home council', e.id, e.id::text, e.at, false,
  a.name, a.id, c.id, 'the child', e.at + interval '700 days', false, false, e.at + interval '700 days', 9, false,
  'open',
  'invented for a benchmark', true, 'Counted from the exclusion', now(), 0
from people_identity i join record_entry e on e.identity_id = i.id and e.source_key = 'made/1'
join access_agency a on a.id = i.agency_id join access_contact c on c.agency_id = a.id and c.desk = 'safeguarding'
where i.scheme = 'care' and abs(hashtext(i.person_id::text)) % 10 = 0
"""
DOUBTS = """
insert into people_doubt (one_id, other_id, because, opened_at, answer, reason)
select least(id, next), greatest(id, next), '["same surname"]', now(), 'open', '' from (
  select id, person_id, lead(id) over (order by agency_id, id) as next from people_identity where scheme = 'care') as i
where next is not null and abs(hashtext(person_id::text)) % 25 = 0
on conflict do nothing
"""
STEPS = """
insert into duties_step (duty_id, at, what, contact_id, words)
select id, opened_at, 'started', owner_id, '' from duties_owedduty
"""
NOTICES = """
insert into duties_notice (key, person_id, duty_id, to_agency_id, to_contact_id, about, made_at, sent_at, delivered_at,
  opened_at, tries)
select code || ':' || started_key || ':started', person_id, id, owed_by_id, owner_id, what, opened_at, opened_at,
  opened_at, case when abs(hashtext(id::text)) % 3 > 0 then opened_at end, 1 from duties_owedduty
"""


def fill(server: EmbeddedPostgres, *, people: int, entries_a_child: int = ENTRIES_A_CHILD) -> None:
    """Fill the database, in which agencies are kept already, and let it count what it holds."""
    rng = random.Random(7)
    with psycopg.connect(server.dsn("administrator")) as session:
        # Past triggers and foreign keys: what is written here fits by its making.
        session.execute("set session_replication_role = replica")
        councils = [row[0] for row in session.execute("select id from access_agency where kind = 'council' order by 1")]
        schools = [row[0] for row in session.execute("select id from access_agency where kind = 'school' order by 1")]
        _write_people(session, rng, people=people, councils=councils, schools=schools or councils)
        session.execute(PARTS)
        session.execute(ENTRIES, [entries_a_child // 2])
        for statement in (READINGS, SIGNS, DOUBTS, DUTIES, STEPS, NOTICES):
            session.execute(statement)
    with psycopg.connect(server.dsn("administrator"), autocommit=True) as session:
        session.execute("vacuum analyze")


def _write_people(
    session: psycopg.Connection, rng: random.Random, *, people: int, councils: list[int], schools: list[int]
) -> None:
    made_at = datetime.now(UTC) - timedelta(days=30)
    identities: list[tuple[object, ...]] = []
    words: list[tuple[object, ...]] = []
    with session.cursor() as cursor, cursor.copy("copy people_person (id, made_at) from stdin") as copy:
        for number in range(people):
            person = UUID(int=rng.getrandbits(128), version=4)
            copy.write_row((person, made_at))
            born = date(2008, 1, 1) + timedelta(days=rng.randrange(4000))
            given, family, sex = rng.choice(GIVEN), rng.choice(FAMILY), rng.choice("MF")
            postcode = f"L{rng.randrange(1, 40)} {rng.randrange(10)}AB"
            for agency, scheme in ((councils[number % len(councils)], "care"), (rng.choice(schools), "school")):
                identity = UUID(int=rng.getrandbits(128), version=4)
                said = Identity(scheme, str(number), given=given, family=family, born_on=born, sex=sex,
                                postcode=postcode)
                keys = sorted(stored_keys(described(said)))
                identities.append((identity, agency, scheme, str(number), person, keys))
                words.append((identity, identity.bytes, given, family, [], born, sex, "{}", postcode, made_at))
    with session.cursor() as cursor:
        with cursor.copy("copy people_identity (id, agency_id, scheme, key, person_id, keys) from stdin") as copy:
            for row in identities:
                copy.write_row(row)
        with cursor.copy("copy people_description (identity_id, digest, given, family, also_known_as, born_on, sex,"
                         " identifiers, postcode, told_at) from stdin") as copy:
            for row in words:
                copy.write_row(row)
