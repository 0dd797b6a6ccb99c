"""Keep victim screens and decisions on charges, and let no child be charged on our pages but through the gate."""

# ruff: noqa: E501
# The tables are as Django wrote them.
import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sightline.apps.access.protection import MY_AGENCY, SIGHTED, append_only, definer, protect
from sightline.apps.custody import protecting_charges as charges
from sightline.apps.custody import protecting_screens as screens
from sightline.apps.custody.protecting_screens import HEARD, ME, OF_OURS

OF_A_CHARGING = "exists (select 1 from custody_charging r where r.id = charging_id)"
# (Constants only.)
OF_OUR_CHARGING = f"exists (select 1 from custody_charging r where r.id = charging_id and r.agency_id = {MY_AGENCY})"  # nosec B608


def said(*statements: str) -> list[migrations.RunSQL]:
    """Give an operation for each statement; nothing of it is taken back."""
    return [migrations.RunSQL(one, migrations.RunSQL.noop) for one in statements]


PROTECTED = [
    *said(screens.HEARS, *(definer(one) for one in screens.CALLED_BY_PAGES)),
    protect("custody_screentalk", seen_when=HEARD, added_when=f"{OF_OURS} and asked_by_id = {ME}", worker="append"),
    append_only("custody_screentalk"),
    protect("custody_screendecision", seen_when=HEARD, added_when=f"{OF_OURS} and decided_by_id = {ME}",
            worker="append"),
    append_only("custody_screendecision"),
    *said(screens.DECIDED, *(definer(one, "sightline_reader") for one in screens.CALLED_BY_NOBODY)),
    protect("custody_charging", seen_when=HEARD, added_when=f"{OF_OURS} and opened_by_id = {ME}", changed_when=OF_OURS),
    *(step for table, officer in (("evidence", "officer_id"), ("toolanswer", "officer_id"),
                                  ("restraint", "supervisor_id"), ("chargingstep", "officer_id"))
      for step in (protect(f"custody_{table}", seen_when=OF_A_CHARGING, worker="append",
                           added_when=f"{OF_OUR_CHARGING} and {officer} = {ME}"), append_only(f"custody_{table}"))),
    protect("custody_toldcharge",
            seen_when=f"(agency_id = {MY_AGENCY} and {SIGHTED}) or sightline_sees_whole(person_id)"),
    *said(charges.GATE_KEPT, charges.MOVED, charges.RESTRAINED, charges.TOLD, charges.COUNTED,
          *(definer(one, "sightline_web") for one in charges.CALLED_BY_PAGES),
          *(definer(one, "sightline_reader") for one in charges.CALLED_BY_NOBODY),
          "grant usage on all sequences in schema public to sightline_web, sightline_worker"),
]


class Migration(migrations.Migration):
    """Make the tables, their policies, grants, triggers and functions."""

    dependencies = [
        ('access', '0002_protection'),
        ('custody', '0004_referral'),
        ('people', '0002_protection'),
        ('record', '0002_protection'),
        ('responsibility', '0004_plan_conferences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Charging',
            fields=[
                ('id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, primary_key=True, serialize=False)),
                ('opened_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('considering', 'Being considered: the child is not charged'), ('referred', 'With the prosecutor'), ('may-charge', 'Decided: the child may be charged'), ('charged', 'Charged'), ('not-charged', 'Not charged')], default='considering', max_length=12)),
                ('offence', models.CharField(blank=True, max_length=300)),
                ('offence_kind', models.CharField(blank=True, max_length=30)),
                ('direct', models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('not known', 'not known')], max_length=10, null=True)),
                ('direct_why', models.TextField(blank=True)),
                ('reasonable', models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('not known', 'not known')], max_length=10, null=True)),
                ('reasonable_why', models.TextField(blank=True)),
                ('schedule_4', models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('not known', 'not known')], max_length=10, null=True)),
                ('schedule_4_how', models.TextField(blank=True)),
                ('referral', models.CharField(choices=[('not referred', 'not referred'), ('referred, no decision', 'referred, no decision'), ('reasonable grounds: positive', 'reasonable grounds: positive'), ('reasonable grounds: negative', 'reasonable grounds: negative'), ('conclusive grounds: positive', 'conclusive grounds: positive'), ('conclusive grounds: negative', 'conclusive grounds: negative')], max_length=40, null=True)),
                ('referral_why', models.TextField(blank=True)),
                ('defence', models.CharField(choices=[('applies', 'applies'), ('may apply', 'may apply'), ('does not apply', 'does not apply')], max_length=20, null=True)),
                ('defence_why', models.TextField(blank=True)),
                ('supervisor_reason', models.TextField(blank=True)),
                ('supervised_at', models.DateTimeField(null=True)),
                ('same_reason', models.TextField(blank=True)),
                ('outcome', models.CharField(choices=[('charge', 'charge'), ('refer to the prosecutor', 'refer to the prosecutor'), ('do not charge', 'do not charge')], max_length=30, null=True)),
                ('reasons', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('prosecutor', models.CharField(blank=True, max_length=200)),
                ('prosecutor_words', models.TextField(blank=True)),
                ('charged_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('charge_entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.entry')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='responsibility.safetyevent')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('same_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supervisor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ChargingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=60)),
                ('words', models.TextField(blank=True)),
                ('noted_at', models.DateTimeField()),
                ('charging', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='custody.charging')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('speaks', models.CharField(choices=[('for', 'for coercion'), ('against', 'against coercion')], max_length=10)),
                ('words', models.TextField()),
                ('source', models.CharField(max_length=300)),
                ('noted_at', models.DateTimeField()),
                ('charging', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='custody.charging')),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.entry')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Restraint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('T-GANG', 'Gang injunction'), ('T-CBO', 'Criminal behaviour order'), ('T-KCPO', 'Knife crime prevention order'), ('T-SVRO', 'Serious violence reduction order'), ('T-YINJ', 'Youth injunction or respect order')], max_length=20)),
                ('reason', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('charging', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restraints', to='custody.charging')),
                ('supervisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ScreenDecision',
            fields=[
                ('id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('decided_at', models.DateTimeField()),
                ('edition', models.CharField(max_length=20)),
                ('outcome', models.CharField(choices=[('possible victim', 'Treat the child as a possible victim'), ('no sign found', 'No sign of exploitation found'), ('could not be asked', 'The child could not be asked: ask again before the interview')], max_length=20)),
                ('reasons', models.TextField()),
                ('shown', models.JSONField(default=list)),
                ('facts', models.JSONField(default=list)),
                ('answers', models.JSONField(default=dict)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.entry')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='responsibility.safetyevent')),
            ],
        ),
        migrations.CreateModel(
            name='ScreenTalk',
            fields=[
                ('id', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('noted_at', models.DateTimeField()),
                ('edition', models.CharField(max_length=20)),
                ('alone', models.BooleanField()),
                ('why_not_alone', models.TextField(blank=True)),
                ('adult', models.CharField(blank=True, max_length=200)),
                ('words', models.TextField(blank=True)),
                ('mood', models.TextField(blank=True)),
                ('injuries', models.TextField(blank=True)),
                ('answers', models.JSONField(default=dict)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='responsibility.safetyevent')),
            ],
        ),
        migrations.CreateModel(
            name='ToldCharge',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='record.entry')),
                ('charged_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='ToolAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('T-CCE', 'Prosecute the adult for child criminal exploitation'), ('T-CCEPO', 'Child criminal exploitation prevention order'), ('T-STRO', 'Slavery and trafficking risk order'), ('T-STPO', 'Slavery and trafficking prevention order'), ('T-CAWN', 'Child abduction warning notice'), ('T-BAIL', 'Bail conditions on the adult before charge'), ('T-SCPO', 'Serious crime prevention order; seizing proceeds; freezing accounts'), ('T-SRO', 'Sexual risk order'), ('T-SHPO', 'Sexual harm prevention order'), ('T-DAPO', 'Domestic abuse protection notice or order'), ('T-CUCK', 'Prosecute for taking over a home'), ('T-CLOS', 'Premises closure notice or order'), ('T-HOTEL', 'Information notice to a hotel'), ('T-DISP', 'Dispersal, protection notice, licensing, housing action'), ('T-DDTRO', 'Drug-dealing telecommunications restriction order'), ('T-NRM', 'Referral to the National Referral Mechanism'), ('T-S45', 'Defence of a child victim, section 45'), ('T-EPO', 'Emergency protection, police protection, recovery order'), ('T-OPT', 'Early help, mentoring, safe travel, return to school, independent guardian'), ('T-GANG', 'Gang injunction'), ('T-CBO', 'Criminal behaviour order'), ('T-KCPO', 'Knife crime prevention order'), ('T-SVRO', 'Serious violence reduction order'), ('T-YINJ', 'Youth injunction or respect order')], max_length=20)),
                ('answer', models.CharField(choices=[('considered', 'Being considered'), ('used', 'Used, or applied for'), ('not used', 'Not used')], max_length=12)),
                ('because', models.TextField()),
                ('noted_at', models.DateTimeField()),
                ('charging', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tools', to='custody.charging')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='charging',
            index=models.Index(fields=['agency', 'decided_at'], name='chargings_of_an_agency'),
        ),
        migrations.AddConstraint(
            model_name='charging',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('considering', 'referred', 'may-charge'))), fields=('event',), name='one_charging_decision_under_way'),
        ),
        migrations.AddConstraint(
            model_name='charging',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'considering'), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('outcome__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='charging_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='charging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('charge_entry__isnull', False), ('charged_at__isnull', False), ('state', 'charged')), models.Q(models.Q(('state', 'charged'), _negated=True), ('charge_entry', None), ('charged_at', None)), _connector='OR'), name='charged_with_its_entry'),
        ),
        migrations.AddConstraint(
            model_name='restraint',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='restraint_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='screendecision',
            constraint=models.UniqueConstraint(fields=('event', 'number'), name='one_screen_decision_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='screendecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry', None), ('outcome', 'could not be asked')), models.Q(models.Q(('outcome', 'could not be asked'), _negated=True), ('entry__isnull', False)), _connector='OR'), name='screen_ends_with_its_entry'),
        ),
        migrations.AddIndex(
            model_name='screentalk',
            index=models.Index(fields=['event', 'noted_at'], name='talks_of_an_event'),
        ),
        migrations.AddIndex(
            model_name='toldcharge',
            index=models.Index(fields=['agency', 'charged_at'], name='told_charges_of_an_agency'),
        ),
        migrations.AddIndex(
            model_name='toldcharge',
            index=models.Index(fields=['person'], name='told_charges_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='toolanswer',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='tool_answered_because'),
        ),
        *PROTECTED,
    ]
