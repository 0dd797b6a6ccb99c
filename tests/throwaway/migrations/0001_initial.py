from django.db import migrations, models

GUARD = """
alter table throwaway_note enable row level security;
alter table throwaway_note force row level security;
create policy agency on throwaway_note
    using (agency = (select nullif(current_setting('sightline.agency', true), '')::int));
grant select, insert on throwaway_note to sightline_web;
grant select on throwaway_note to sightline_worker, sightline_reader;

create function throwaway_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'notes may only be appended';
end $$;
create trigger append_only before update or delete or truncate on throwaway_note
    for each statement execute function throwaway_append_only();

create function throwaway_count() returns bigint language sql security definer
    set search_path = pg_catalog, public, pg_temp as 'select count(*) from throwaway_note';
alter function throwaway_count() owner to sightline_reader;
grant execute on function throwaway_count() to sightline_web;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("agency", models.IntegerField()),
                ("text", models.TextField(unique=True)),
            ],
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
