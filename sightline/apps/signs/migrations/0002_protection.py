"""Show signs to who sees the whole record."""

from django.db import migrations

from sightline.apps.access.protection import append_only, protect

OF_A_SIGN = "exists (select 1 from signs_found f where f.id = sign_id)"


class Migration(migrations.Migration):
    """Write the policies, grants and triggers of signs."""

    dependencies = [("signs", "0001_initial"), ("people", "0002_protection")]

    operations = [
        protect("signs_found", seen_when="sightline_sees_whole(person_id)"),
        protect("signs_closing", seen_when=OF_A_SIGN, added_when=OF_A_SIGN, worker="append"),
        append_only("signs_closing"),
        protect("signs_personreading", seen_when="sightline_sees_whole(person_id)"),
        migrations.RunSQL("grant usage on all sequences in schema public to sightline_web, sightline_worker",
                          migrations.RunSQL.noop),
    ]
