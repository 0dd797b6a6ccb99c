"""Have a child read again when what waits in our own books for that child begins, changes or ends."""

from django.db import migrations

from sightline.apps.access.protection import definer

# The referral duties, as domain.signs.ours had them when this was written (a test holds the two together).
REFERRALS = "('D-REF-1')"

# News is written in the transaction that changes a book, by the database: no room can forget it. Until the news is
# read nothing is lost, and a reading that finds a limit still to come says when to look again.
CHANGED = f"""
create function sightline_doubt_changed() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  insert into record_news (person_id, at) select distinct i.person_id, coalesce(new.answered_at, new.opened_at)
    from people_identity i where i.id in (new.one_id, new.other_id);
  return null;
end $$;
create trigger doubt_opened after insert on people_doubt for each row execute function sightline_doubt_changed();
create trigger doubt_answered after update of answer on people_doubt for each row
  when (old.answer is distinct from new.answer) execute function sightline_doubt_changed();

create function sightline_asked() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  insert into record_news (person_id, at) values (new.person_id, new.asked_at);
  return null;
end $$;
create trigger asked after insert on disclosure_request for each row execute function sightline_asked();

create function sightline_offered() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  insert into record_news (person_id, at) values (new.person_id, coalesce(new.answered_at, new.offered_at));
  return null;
end $$;
create trigger offered after insert on responsibility_transfer for each row execute function sightline_offered();

create function sightline_notice_reached() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if new.nobody_since is not null or exists (
      select 1 from duties_owedduty d where d.id = new.duty_id and d.code in {REFERRALS}) then
    insert into record_news (person_id, at) values (new.person_id, coalesce(new.opened_at, new.nobody_since));
  end if;
  return null;
end $$;
create trigger notice_reached after update of opened_at, nobody_since on duties_notice for each row
  when (new.duty_id is not null and new.person_id is not null
    and (old.opened_at is null and new.opened_at is not null
      or old.nobody_since is null and new.nobody_since is not null))
  execute function sightline_notice_reached();

create function sightline_duty_taken_up() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if new.watched or new.code in {REFERRALS} or exists (
      select 1 from duties_notice n where n.duty_id = new.id and n.nobody_since is not null) then
    insert into record_news (person_id, at) values (new.person_id, new.acknowledged_at);
  end if;
  return null;
end $$;
create trigger duty_taken_up after update of acknowledged_at on duties_owedduty for each row
  when (old.acknowledged_at is null and new.acknowledged_at is not null) execute function sightline_duty_taken_up();
"""  # nosec B608: constants only

FUNCTIONS = ("doubt_changed", "asked", "offered", "notice_reached", "duty_taken_up")


class Migration(migrations.Migration):
    """Write the triggers by which our own books say that they changed."""

    dependencies = [("signs", "0004_attention"), ("people", "0002_protection"), ("disclosure", "0002_protection"),
                    ("duties", "0002_protection"), ("responsibility", "0002_protection"), ("record", "0002_protection")]

    operations = [
        migrations.RunSQL(CHANGED, migrations.RunSQL.noop),
        *[migrations.RunSQL(definer(f"sightline_{name}()", "sightline_reader"), migrations.RunSQL.noop)
          for name in FUNCTIONS],
    ]
