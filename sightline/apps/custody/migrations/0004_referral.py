"""Create the referral of an arrest with its ways: drafted, sent by its clock or an officer, ended by facts alone."""
# ruff: noqa: E501

import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, append_only, definer, protect
from sightline.domain.custody.referral import SENT_AFTER, STEPS

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
SENT_AFTER_MINUTES = int(SENT_AFTER.total_seconds() // 60)
OURS = f"(agency_id = {MY_AGENCY} and {SIGHTED})"
OF_A_REFERRAL = "exists (select 1 from custody_referral r where r.id = referral_id)"
# (Constants only.)
OF_OURS = f"exists (select 1 from custody_referral r where r.id = referral_id and r.agency_id = {MY_AGENCY})"  # nosec B608
WAYS = " or ".join(
    f"(old.state = '{step.before}' and new.state = '{step.after}' and ({step.kept_as}))" for step in STEPS)

# A council that a referral went to reads it, and by that nothing else of the child.
REFERRED_TO = f"""
create function sightline_referred_to(referral uuid) returns boolean language sql stable parallel safe
  security definer set search_path = public, pg_temp as $$
  select {SIGHTED} and exists (select 1 from custody_referralto t
    where t.referral_id = referral and t.agency_id = {MY_AGENCY} and t.sent_at is not null)
$$;
"""  # nosec B608: constants only

# The facts that end a referral, as the record holds them: newest tellings alone, and a date of birth that says child
# outweighs every other.
LOST_ITS_GROUND = """
create function sightline_referral_lost_its_ground(r custody_referral) returns boolean language sql stable
  security definer set search_path = public, pg_temp as $$
  select coalesce((select e.kind = 'record.withdrawn' from record_entry e
      where e.id = r.arrest_id or e.event_id = r.arrest_id order by e.revision desc limit 1), false)
    or coalesce((select bool_and(b.born + interval '18 years' <= (r.arrested_at at time zone 'Europe/London')::date)
      from (select distinct on (e.identity_id, e.source_key) e.kind,
          coalesce(e.on_day, (e.at at time zone 'Europe/London')::date) as born
        from record_entry e join people_identity i on i.id = e.identity_id
        where i.person_id = r.person_id and e.kind in ('child.born', 'record.withdrawn')
        order by e.identity_id, e.source_key, e.revision desc) as b
      where b.kind = 'child.born'), false)
$$;
"""

# The table of steps (domain.custody.referral), whoever writes and by whatever way: nobody puts a referral off, takes it
# back, or changes what was sent.
REFERRAL_MOVES = f"""
create function sightline_referral_moves() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  mine int := {MY_AGENCY};
  me uuid := {ME};
  lost boolean;
begin
  if tg_op = 'DELETE' then
    raise exception 'a referral is never removed' using errcode = 'check_violation';
  end if;
  if tg_op = 'INSERT' then
    if mine is not null or new.state not in ('drafted', 'told-late')
        or new.sends_at > new.known_at + interval '{SENT_AFTER_MINUTES} minutes' then
      raise exception 'a referral is drafted by the arrest, and goes by its clock' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if (new.arrest_id, new.identity_id, new.agency_id, new.arrested_at, new.known_at, new.drafted_at, new.sends_at)
      is distinct from
      (old.arrest_id, old.identity_id, old.agency_id, old.arrested_at, old.known_at, old.drafted_at, old.sends_at) then
    raise exception 'whose referral it is and when it goes does not change' using errcode = 'check_violation';
  end if;
  if new.state = old.state and (new.ended_because, new.ended_at) is distinct from (old.ended_because, old.ended_at) then
    raise exception 'nothing but a fact ends a referral' using errcode = 'check_violation';
  end if;
  if mine is not null and (new.state = old.state and new is distinct from old
      or (new.person_id, new.event_id, new.words, new.rule, new.referred_at) is distinct from
        (old.person_id, old.event_id, old.words, old.rule, old.referred_at)) then
    raise exception 'an officer sends a referral or adds to it, and changes nothing else'
      using errcode = 'check_violation';
  end if;
  lost := 'ended' in (old.state, new.state) and sightline_referral_lost_its_ground(new);
  if new.state <> old.state and not coalesce(({WAYS}), false) then
    raise exception 'a referral does not go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  if new.state = 'sent' and old.state <> 'sent' and not exists (
      select 1 from record_entry e where e.id = new.entry_id and e.kind = 'care.referral'
        and e.identity_id = new.identity_id and e.told_by_id = new.agency_id) then
    raise exception 'a referral that is sent is an entry of its force' using errcode = 'check_violation';
  end if;
  if old.state <> 'drafted' and (new.words, new.rule) is distinct from (old.words, old.rule)
      or old.state = 'sent' and (new.sent_at, new.sent_by_id, new.entry_id) is distinct from
        (old.sent_at, old.sent_by_id, old.entry_id) then
    raise exception 'what was sent does not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger referral_moves before insert or update or delete on custody_referral
  for each row execute function sightline_referral_moves();
create trigger never_emptied before truncate on custody_referral
  for each statement execute function sightline_refuse_change();
create function sightline_referral_to_stays() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' and (old.sent_at is not null or not exists (
      select 1 from custody_referral r where r.id = old.referral_id and r.state = 'drafted')) then
    raise exception 'whom a referral went to stays' using errcode = 'check_violation';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if (new.referral_id, new.name, new.agency_id) is distinct from (old.referral_id, old.name, old.agency_id)
      or old.sent_at is not null and new.sent_at is distinct from old.sent_at
      or new.sent_at is not null and not exists (
        select 1 from custody_referral r where r.id = new.referral_id and r.state = 'sent') then
    raise exception 'whom a referral went to stays' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger referral_to_stays before update or delete on custody_referralto
  for each row execute function sightline_referral_to_stays();
"""  # nosec B608: constants only

# How soon arrests of children led to a referral, counted over everybody: for managers their own force, for the
# inspectorate every force.
COUNTS = f"""
create function sightline_referral_counts(since timestamptz, at timestamptz)
  returns table (agency text, arrests int, late int, sent int, by_officer int, ended int, waiting int, overdue int,
    within_30 int, within_60 int, within_240 int, later int, from_arrest double precision,
    from_arrest_90 double precision, from_known double precision, from_known_90 double precision)
  language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (
    select m.agency_id, m.role from access_pieceofwork w join access_membership m on m.id = w.membership_id
    where w.id = nullif(current_setting('sightline.work', true), '')::uuid and w.officer_id = {ME}
      and m.role in ('duty-manager', 'inspector')),
  every as (
    select r.*, extract(epoch from r.sent_at - r.arrested_at) / 60 as arrest_minutes,
      extract(epoch from r.sent_at - r.known_at) / 60 as known_minutes
    from custody_referral r where r.arrested_at >= since)
  select a.name::text, count(*)::int, count(*) filter (where e.state = 'told-late')::int,
    count(*) filter (where e.state = 'sent')::int, count(*) filter (where e.sent_by_id is not null)::int,
    count(*) filter (where e.state = 'ended')::int, count(*) filter (where e.state = 'drafted')::int,
    count(*) filter (where e.state = 'drafted' and e.sends_at + interval '5 minutes' < at)::int,
    count(*) filter (where e.arrest_minutes <= 30)::int,
    count(*) filter (where e.arrest_minutes > 30 and e.arrest_minutes <= 60)::int,
    count(*) filter (where e.arrest_minutes > 60 and e.arrest_minutes <= 240)::int,
    count(*) filter (where e.arrest_minutes > 240)::int,
    percentile_cont(0.5) within group (order by e.arrest_minutes),
    percentile_cont(0.9) within group (order by e.arrest_minutes),
    percentile_cont(0.5) within group (order by e.known_minutes),
    percentile_cont(0.9) within group (order by e.known_minutes)
  from every e join access_agency a on a.id = e.agency_id
  where exists (select 1 from mine where mine.role = 'inspector' or mine.agency_id = e.agency_id)
  group by a.name order by a.name
$$;
"""  # nosec B608: constants only


class Migration(migrations.Migration):
    """Create the tables of referrals, and write their policies, triggers and functions."""

    dependencies = [
        ('access', '0002_protection'),
        ('custody', '0003_path'),
        ('people', '0002_protection'),
        ('record', '0002_protection'),
        ('responsibility', '0004_plan_conferences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('drafted', 'Drafted: it goes by itself'), ('sent', 'Sent'), ('ended', 'Ended by a fact'), ('told-late', 'History: read too late, nothing goes by itself')], max_length=10)),
                ('arrested_at', models.DateTimeField()),
                ('known_at', models.DateTimeField()),
                ('rule', models.CharField(blank=True, max_length=10)),
                ('words', models.JSONField(default=list)),
                ('drafted_at', models.DateTimeField()),
                ('sends_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=100)),
                ('referred_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('arrest', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.entry')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.entry')),
                ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='responsibility.safetyevent')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.identity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ReferralAddition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='additions', to='custody.referral')),
            ],
        ),
        migrations.CreateModel(
            name='ReferralTo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('because', models.CharField(max_length=300)),
                ('sent_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='to', to='custody.referral')),
            ],
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('state', 'drafted')), fields=['sends_at'], name='referrals_to_send'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['person'], name='referrals_of_a_person'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['event'], name='referrals_of_an_event'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['agency', 'arrested_at'], name='referrals_of_an_agency'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('entry', None), ('sent_at', None), ('sent_by', None)), _connector='OR'), name='a_referral_that_is_sent_is_an_entry'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'told-late'), ('sends_at__isnull', False), _connector='OR'), name='a_referral_has_its_clock'),
        ),
        migrations.AddIndex(
            model_name='referralto',
            index=models.Index(fields=['agency'], name='referrals_to_an_agency'),
        ),
        migrations.AddConstraint(
            model_name='referralto',
            constraint=models.UniqueConstraint(fields=('referral', 'name'), name='each_council_once'),
        ),
        migrations.RunSQL(REFERRED_TO, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_referred_to(uuid)"), migrations.RunSQL.noop),
        protect("custody_referral", seen_when=f"{OURS} or sightline_referred_to(id) or sightline_sees_whole(person_id)",
                changed_when=OURS),
        protect("custody_referralto", seen_when=OF_A_REFERRAL, changed_when=OF_OURS),
        protect("custody_referraladdition", seen_when=OF_A_REFERRAL, worker="append",
                added_when=f"{OF_OURS} and officer_id = {ME} and agency_id = {MY_AGENCY}"),
        append_only("custody_referraladdition"),
        migrations.RunSQL(LOST_ITS_GROUND, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_referral_lost_its_ground(custody_referral)",
                                  "sightline_reader, sightline_worker"), migrations.RunSQL.noop),
        migrations.RunSQL(REFERRAL_MOVES, migrations.RunSQL.noop),
        migrations.RunSQL("alter function sightline_referral_moves() owner to sightline_reader;"
                          "alter function sightline_referral_to_stays() owner to sightline_reader",
                          migrations.RunSQL.noop),
        migrations.RunSQL(COUNTS, migrations.RunSQL.noop),
        migrations.RunSQL(definer("sightline_referral_counts(timestamptz, timestamptz)", "sightline_web"),
                          migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]
