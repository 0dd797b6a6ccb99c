"""Show a file and its faults to the agency that sent it, and to nobody else."""

from django.db import migrations

from sightline.apps.access.protection import MY_AGENCY, protect

OF_MY_FILE = "exists (select 1 from intake_submission s where s.id = submission_id)"


class Migration(migrations.Migration):
    """Write the policies and grants of intake."""

    dependencies = [("intake", "0001_initial"), ("access", "0002_protection")]

    operations = [
        protect("intake_submission", seen_when=f"agency_id = {MY_AGENCY}", added_when=f"agency_id = {MY_AGENCY}"),
        protect("intake_piece", seen_when=OF_MY_FILE, added_when=OF_MY_FILE),
        protect("intake_rowfault", seen_when=OF_MY_FILE),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]
