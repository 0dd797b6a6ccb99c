"""Show estimates of extent to who oversees, let such an officer ask for one, and let nobody change either."""

from django.db import migrations

from sightline.apps.access.protection import append_only, protect

ME = "nullif(current_setting('sightline.officer', true), '')::uuid"
OVERSEES = "sightline_oversees(null)"


class Migration(migrations.Migration):
    """Write the policies of estimates of extent and of requests for them."""

    dependencies = [("insight", "0005_extent")]

    operations = [
        protect("insight_extent", seen_when=OVERSEES, worker="append"),
        protect("insight_extentrequest", inspectors_write=True, seen_when=OVERSEES, worker="append",
                added_when=f"{OVERSEES} and officer_id = {ME}"),
        append_only("insight_extent"),
        append_only("insight_extentrequest"),
    ]
