"""Show a duty and its notices to who owes it, to whom it is owed, and to who sees the whole record."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, append_only, protect

OF_A_DUTY = "exists (select 1 from duties_owedduty d where d.id = duty_id)"
OF_A_NOTICE = "exists (select 1 from duties_notice n where n.id = notice_id)"


class Migration(migrations.Migration):
    """Write the policies, grants and triggers of duties."""

    dependencies = [("duties", "0001_initial"), ("record", "0002_protection")]

    operations = [
        protect("duties_owedduty",
                seen_when=f"(owed_by_id = {MY_AGENCY} and {SIGHTED}) or (owed_to_agency_id = {MY_AGENCY} and {SIGHTED})"
                          " or sightline_sees_whole(person_id)",
                changed_when=f"(owed_by_id = {MY_AGENCY} and {SIGHTED}) or sightline_sees_whole(person_id)"),
        protect("duties_step", seen_when=OF_A_DUTY, added_when=OF_A_DUTY, worker="append"),
        append_only("duties_step"),
        protect("duties_notice",
                seen_when=f"(to_agency_id = {MY_AGENCY} and {SIGHTED}) or (from_agency_id = {MY_AGENCY} and {SIGHTED})"
                          " or sightline_sees_whole(person_id)",
                added_when=f"from_agency_id = {MY_AGENCY} and sightline_involved(person_id)",
                changed_when=f"to_agency_id = {MY_AGENCY} and {SIGHTED}"),
        protect("duties_delivery", seen_when=OF_A_NOTICE),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]
