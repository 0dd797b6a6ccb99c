"""Row-level security as migrations write it: denied by default, to the table's owner as well.

Two roles log in. `sightline_web` serves pages and commands: it sees a row only inside a piece of work (who, for which
agency, for which purpose, set per transaction), and only where the table's own rule says so. `sightline_worker` runs
the jobs: it shows nothing to anybody, and sees rows only while it names its task. A connection that says neither sees
nothing; a forgotten WHERE leaks nothing.
"""

from django.db.migrations import RunSQL

AT_WORK = "(select nullif(current_setting('sightline.work', true), '') is not null)"
AT_TASK = "(select nullif(current_setting('sightline.task', true), '') is not null)"
SIGHTED = "(select current_setting('sightline.sight', true) in ('whole', 'own'))"
INSPECTING = "(select current_setting('sightline.sight', true) = 'drawn')"
MY_AGENCY = "(select nullif(current_setting('sightline.agency', true), '')::int)"


def protect(
    table: str, *, seen_when: str, added_when: str | None = None, changed_when: str | None = None, worker: str = "all",
    inspectors_write: bool = False,
) -> RunSQL:
    """Force row-level security on a table and write its policies and grants.

    `seen_when`, `added_when` and `changed_when` are SQL conditions on a row for sightline_web; None means never.
    `worker` lists what sightline_worker may do: "all" or "append" (select and insert). Who reads drawn cases writes
    no row, by no function either, unless `inspectors_write`.
    """
    statements = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy web_sees on {table} for select to sightline_web using ({AT_WORK} and ({seen_when}))",
        f"grant select on {table} to sightline_web",
        f"create policy worker_works on {table} to sightline_worker using ({AT_TASK}) with check ({AT_TASK})",
        f"grant select, insert{', update, delete' if worker == 'all' else ''} on {table} to sightline_worker",
        f"grant select on {table} to sightline_reader",
    ]
    if not inspectors_write:
        statements.append(
            f"create trigger inspectors_only_read before insert or update or delete on {table} for each statement"
            f" when (current_setting('sightline.sight', true) = 'drawn') execute function sightline_refuse_writing()")
    if added_when is not None:
        statements += [
            f"create policy web_adds on {table} for insert to sightline_web with check ({AT_WORK} and ({added_when}))",
            f"grant insert on {table} to sightline_web",
        ]
    if changed_when is not None:
        statements += [
            (f"create policy web_changes on {table} for update to sightline_web"
             f" using ({AT_WORK} and ({changed_when})) with check ({AT_WORK} and ({changed_when}))"),
            f"grant update on {table} to sightline_web",
        ]
    return RunSQL(";\n".join(statements), reverse_sql=RunSQL.noop)


def keep_from_pages(table: str) -> RunSQL:
    """Force row-level security on a table that pages read no row of: they ask a function; the worker does all."""
    return RunSQL(
        f"alter table {table} enable row level security;"
        f"alter table {table} force row level security;"
        f"create policy worker_works on {table} to sightline_worker using ({AT_TASK}) with check ({AT_TASK});"
        f"grant select, insert, update, delete on {table} to sightline_worker;"
        f"grant select on {table} to sightline_reader;"
        f"create trigger inspectors_only_read before insert or update or delete on {table} for each statement"
        f" when (current_setting('sightline.sight', true) = 'drawn') execute function sightline_refuse_writing()",
        reverse_sql=RunSQL.noop)


def open_to_read(table: str, *, web_writes: bool = False) -> RunSQL:
    """Grant reading of a table that holds nothing of any child."""
    writes = ", insert, update, delete"
    return RunSQL(
        f"grant select{writes if web_writes else ''} on {table} to sightline_web;"
        f"grant select{writes} on {table} to sightline_worker; grant select on {table} to sightline_reader",
        reverse_sql=RunSQL.noop)


def append_only(table: str) -> RunSQL:
    """Refuse to change, remove or empty rows of a table, whoever asks."""
    return RunSQL(
        f"create trigger never_changed before update or delete on {table}"
        f" for each row execute function sightline_refuse_change();"
        f"create trigger never_emptied before truncate on {table}"
        f" for each statement execute function sightline_refuse_change()",
        reverse_sql=RunSQL.noop)


def definer(name_and_arguments: str, callers: str = "sightline_web, sightline_worker") -> str:
    """Give the statements that hand a function to sightline_reader and let only the callers call it."""
    return (
        f"alter function {name_and_arguments} owner to sightline_reader;"
        f"revoke all on function {name_and_arguments} from public;"
        f"grant execute on function {name_and_arguments} to {callers}")
