"""Show a duty and its notices to who owes it, to whom it is owed, and to who sees the whole record."""

from django.db import migrations

from sightline.apps.access.protection import AT_WORK, MY_AGENCY, SIGHTED, append_only, definer, protect

OF_A_DUTY = "exists (select 1 from duties_owedduty d where d.id = duty_id)"
OF_A_NOTICE = "exists (select 1 from duties_notice n where n.id = notice_id)"

# Within an agency officers tell one another of what it owes, and of several duties without a child's name.
OURS = f"""(person_id is null or exists (select 1 from duties_owedduty d where d.id = duty_id
  and d.person_id = duties_notice.person_id and d.owed_by_id = {MY_AGENCY}))"""  # nosec B608: constants only

# How the outbox does, for the check: how many notices failed and wait for another try, why the last of them failed (in
# words without addresses), and since when one has been due that nobody sends. Nothing of whom.
OUTBOX = """
create function sightline_outbox() returns table (failing int, because text, due_since timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  with failed as (
    select d.notice_id, max(d.id) as last from duties_delivery d join duties_notice n on n.id = d.notice_id
    where n.next_try_at is not null and d.outcome = 'failed' group by d.notice_id)
  select (select count(*) from failed)::int,
    (select d.words from duties_delivery d where d.id = (select max(last) from failed)),
    (select min(n.next_try_at) from duties_notice n where n.next_try_at <= statement_timestamp())
$$;
"""

# Whom nobody reached, for the check: how many notices, and since when. Nothing of whom.
UNREACHED = """
create function sightline_unreached() returns table (notices int, since timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int, min(n.nobody_since) from duties_notice n left join duties_notice r on r.id = n.passed_from_id
  where n.nobody_since is not null and n.opened_at is null and n.acted_at is null and r.acknowledged_at is null
$$;
"""

# How agencies read what they are told, for inspectors and for who answers for a desk: counts and minutes, no child.
UNREAD = """
create function sightline_unread(after timestamptz) returns table (
    agency_id bigint, agency text, told int, waiting int, oldest timestamptz, to_open float, to_acknowledge float)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.name, count(*) filter (where n.made_at > after)::int,
    count(*) filter (where n.opened_at is null and n.acted_at is null)::int,
    min(n.made_at) filter (where n.opened_at is null and n.acted_at is null),
    percentile_cont(0.5) within group (order by extract(epoch from n.opened_at - n.made_at) / 60)
      filter (where n.made_at > after and n.opened_at is not null),
    percentile_cont(0.5) within group (order by extract(epoch from n.acknowledged_at - n.made_at) / 60)
      filter (where n.made_at > after and n.acknowledged_at is not null)
  from access_agency a join duties_notice n on n.to_agency_id = a.id
  where exists (select 1 from access_pieceofwork w join access_membership m on m.id = w.membership_id
    where w.id = nullif(current_setting('sightline.work', true), '')::uuid
      and w.officer_id = nullif(current_setting('sightline.officer', true), '')::uuid and m.role = 'inspector')
    and (n.opened_at is null or n.made_at > after)
  group by a.id, a.name
$$;
"""

# Who owes something of a child must know whom it is about: the words of the identity of which the start was told.
OWING = f"""
create function sightline_owes_about(identity uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select {SIGHTED} and exists (
    select 1 from record_entry e join duties_owedduty d on d.started_by_id = coalesce(e.event_id, e.id)
    where e.identity_id = identity and d.owed_by_id = {MY_AGENCY} and d.state in ('open', 'late'))
$$;
"""  # nosec B608: constants only
WHOM = "".join(
    f"create policy owes_about on {table} for select to sightline_web"
    f" using ({AT_WORK} and sightline_owes_about({identity}));"
    for table, identity in (("people_identity", "id"), ("people_description", "identity_id")))

# Which classes are critical, as domain.duties.danger had it when this was written (a test holds the two together).
CRITICAL = (1, 2, 3, 4, 5)

# What is put off comes back an hour before its limit at the latest, whoever writes and whatever moves. Who puts it off
# further is refused; where the limit or the class moves, or somebody else is to see to it, it is back at once.
PUT_OFF = f"""
create function sightline_put_off_within_the_limit() returns trigger language plpgsql
  set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' and new.put_off_until is not distinct from old.put_off_until then
    if (new.act_by, new.danger, new.owner_id, new.officer_id)
        is distinct from (old.act_by, old.danger, old.owner_id, old.officer_id) then
      new.put_off_until := null;
    end if;
    return new;
  end if;
  if new.danger in {CRITICAL} or new.act_by is null or new.put_off_until > new.act_by - interval '1 hour' then
    raise exception 'put off beyond an hour before the limit' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger put_off_within_the_limit before insert or update on duties_owedduty
  for each row when (new.put_off_until is not null) execute function sightline_put_off_within_the_limit();
"""  # nosec B608: constants only


class Migration(migrations.Migration):
    """Write the policies, grants and triggers of duties."""

    dependencies = [("duties", "0001_initial"), ("record", "0002_protection")]

    operations = [
        protect("duties_owedduty",
                seen_when=f"(owed_by_id = {MY_AGENCY} and {SIGHTED}) or (owed_to_agency_id = {MY_AGENCY} and {SIGHTED})"
                          " or sightline_sees_whole(person_id)",
                changed_when=f"(owed_by_id = {MY_AGENCY} and {SIGHTED}) or sightline_sees_whole(person_id)"),
        migrations.RunSQL(PUT_OFF, migrations.RunSQL.noop),
        protect("duties_step", seen_when=OF_A_DUTY, added_when=OF_A_DUTY, worker="append"),
        append_only("duties_step"),
        protect("duties_notice",
                seen_when=f"(to_agency_id = {MY_AGENCY} and {SIGHTED}) or (from_agency_id = {MY_AGENCY} and {SIGHTED})"
                          " or sightline_sees_whole(person_id)",
                added_when=f"from_agency_id = {MY_AGENCY} and {SIGHTED}"
                           f" and (sightline_involved(person_id) or (to_agency_id = {MY_AGENCY} and {OURS}))",
                changed_when=f"to_agency_id = {MY_AGENCY} and {SIGHTED}"),
        migrations.RunSQL(OWING, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_owes_about(uuid)"), migrations.RunSQL.noop),
        migrations.RunSQL(WHOM, migrations.RunSQL.noop),
        protect("duties_delivery", seen_when=OF_A_NOTICE),
        protect("duties_routing", seen_when=f"agency_id = {MY_AGENCY} and {SIGHTED}"),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
        migrations.RunSQL(OUTBOX, "drop function sightline_outbox()"),
        migrations.RunSQL(definer("sightline_outbox()"), migrations.RunSQL.noop),
        migrations.RunSQL(UNREACHED, "drop function sightline_unreached()"),
        migrations.RunSQL(definer("sightline_unreached()"), migrations.RunSQL.noop),
        migrations.RunSQL(UNREAD, "drop function sightline_unread(timestamptz)"),
        migrations.RunSQL(definer("sightline_unread(timestamptz)", "sightline_web"), migrations.RunSQL.noop),
    ]
