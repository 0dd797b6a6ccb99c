"""Show an entry to who told it, to whom it was shared by a decision, and to who sees the whole record."""

from django.db import migrations

from sightline.apps.access.protection import AT_WORK, MY_AGENCY, SIGHTED, append_only, definer, protect

# A share holds until its instant, unless it was ended before.
HOLDS = "s.until > now() and not exists (select 1 from record_shareend x where x.share_id = s.id)"

# With a shared entry goes every later telling of its event: who was told something wrong must see what is right.
SHARED = f"""
create function sightline_shared(entry uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select current_setting('sightline.sight', true) in ('whole', 'own') and exists (
    select 1 from record_entry e
      join record_entry told on told.id = coalesce(e.event_id, e.id) or told.event_id = coalesce(e.event_id, e.id)
      join record_share s on s.entry_id = told.id
    where e.id = entry and told.revision <= e.revision and s.agency_id = {MY_AGENCY} and {HOLDS})
$$;
create function sightline_shared_identity(identity uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select current_setting('sightline.sight', true) in ('whole', 'own') and exists (
    select 1 from record_entry e join record_share s on s.entry_id = e.id
    where e.identity_id = identity and s.agency_id = {MY_AGENCY} and {HOLDS})
$$;
create function sightline_sees_entry_whole(entry uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select exists (select 1 from record_entry e where e.id = entry and sightline_sees_identity_whole(e.identity_id))
$$;
"""  # nosec B608: constants only

# Since when somebody of whom something new is held waits to be read, for the check: an instant, nothing of whom.
UNREAD = """
create function sightline_unread_since() returns timestamptz language sql stable
  security definer set search_path = public, pg_temp as $$
  select n.at from record_news n order by n.id limit 1
$$;
"""

SEEN = (f"(told_by_id = {MY_AGENCY} and sightline_sees_identity(identity_id))"
        " or sightline_sees_identity_whole(identity_id) or sightline_shared(id)")

# With a shared entry goes of whom it tells: the words of the identity that it was told of, and of no other.
WHOSE = "".join(
    f"create policy shared_with on {table} for select to sightline_web"
    f" using ({AT_WORK} and sightline_shared_identity({identity}));"
    for table, identity in (("people_identity", "id"), ("people_description", "identity_id")))


class Migration(migrations.Migration):
    """Write the policies, grants and triggers of record."""

    dependencies = [("record", "0001_initial"), ("people", "0002_protection")]

    operations = [
        migrations.RunSQL(SHARED, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_shared(uuid)"), migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_sees_entry_whole(uuid)"), migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_shared_identity(uuid)"), migrations.RunSQL.noop),
        protect("record_entry", seen_when=SEEN, worker="append",
                added_when=f"told_by_id = {MY_AGENCY} and sightline_sees_identity(identity_id)"),
        append_only("record_entry"),
        protect("record_share",
                seen_when=f"(agency_id = {MY_AGENCY} and {SIGHTED}) or sightline_sees_entry_whole(entry_id)",
                worker="append"),
        append_only("record_share"),
        protect("record_shareend", seen_when="exists (select 1 from record_share s where s.id = share_id)",
                worker="append"),
        append_only("record_shareend"),
        migrations.RunSQL(WHOSE, migrations.RunSQL.noop),
        protect("record_news", seen_when="sightline_involved(person_id)", added_when="sightline_involved(person_id)"),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
        migrations.RunSQL(UNREAD, "drop function sightline_unread_since()"),
        migrations.RunSQL(definer("sightline_unread_since()"), migrations.RunSQL.noop),
    ]
