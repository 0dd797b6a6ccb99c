"""Show a referral to the agency that makes it and to who sees the child's whole record; send none with gaps."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, append_only, protect
from sightline.domain.slavery.form import refused_as

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
OURS = f"agency_id = {MY_AGENCY} and {SIGHTED}"
OF_A_REFERRAL = "exists (select 1 from slavery_victimreferral r where r.id = referral_id)"
# (Constants only.)
OF_OUR_DRAFT = (f"officer_id = {ME} and exists (select 1 from slavery_victimreferral r where r.id = referral_id"  # nosec B608
                f" and r.state = 'draft' and r.agency_id = {MY_AGENCY} and {SIGHTED})")

# What the rows cannot say of themselves: who may refer, that what was sent stays, and that it lacks nothing.
MOVES = f"""
create function sightline_slavery_referral_moves() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  lacking text[];
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' or not exists (
        select 1 from people_identity i join access_agency a on a.id = i.agency_id
          and a.kind in ('police', 'transport-police', 'council')
        where i.id = new.identity_id and i.agency_id = new.agency_id) then
      raise exception 'police and councils refer a child whom they know, and begin with a draft'
        using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if old.state = 'sent' then
    raise exception 'a referral that was sent does not change' using errcode = 'check_violation';
  end if;
  if (new.identity_id, new.agency_id, new.begun_by_id, new.begun_at) is distinct from
     (old.identity_id, old.agency_id, old.begun_by_id, old.begun_at) then
    raise exception 'whose referral it is does not change' using errcode = 'check_violation';
  end if;
  if new.state = 'sent' then
    lacking := {refused_as("new.answers")};
    if cardinality(lacking) > 0 then
      raise exception 'the referral lacks: %', array_to_string(lacking, ', ') using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger slavery_referral_moves before insert or update on slavery_victimreferral
  for each row execute function sightline_slavery_referral_moves();
alter function sightline_slavery_referral_moves() owner to sightline_reader;
revoke all on function sightline_slavery_referral_moves() from public;
create function sightline_slavery_answer_of_a_draft() returns trigger language plpgsql
  security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from slavery_victimreferral r where r.id = new.referral_id and r.state = 'draft') then
    raise exception 'a referral that was sent does not change' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger slavery_answer_of_a_draft before insert on slavery_referralanswer
  for each row execute function sightline_slavery_answer_of_a_draft();
alter function sightline_slavery_answer_of_a_draft() owner to sightline_reader;
revoke all on function sightline_slavery_answer_of_a_draft() from public;
"""  # nosec B608: constants only


class Migration(migrations.Migration):
    """Write the policies, grants and triggers of referrals."""

    dependencies = [("slavery", "0001_initial"), ("people", "0002_protection")]

    operations = [
        protect("slavery_victimreferral", seen_when=f"({OURS}) or sightline_sees_identity_whole(identity_id)",
                added_when=f"{OURS} and begun_by_id = {ME} and sightline_sees_identity(identity_id)",
                changed_when=OURS),
        protect("slavery_referralanswer", seen_when=OF_A_REFERRAL, added_when=OF_OUR_DRAFT, worker="append"),
        append_only("slavery_referralanswer"),
        migrations.RunSQL(MOVES, migrations.RunSQL.noop),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]
