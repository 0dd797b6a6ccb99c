"""K9 and K10: how children left custody."""

NIGHT = "case when (at.hour >= 22 or at.hour < 6) then 'by night' else 'by day' end"
LOCAL_HOUR = "cross join lateral (select extract(hour from {} at time zone 'Europe/London') as hour) at"

ALONE = f"""
select {NIGHT} as part, r.release_entry_id as about, r.person_id, r.agency_id, r.released_at as began,
  null::timestamptz as done, r.mode = 'public-transport-alone' as counts, r.released_at as told_at
from custody_release r {LOCAL_HOUR.format("r.released_at")} where r.state in ('released', 'arrived')
union all
select {NIGHT}, t.entry_id, t.person_id, t.agency_id, t.released_at, null,
  case when t.mode <> '' then t.mode = 'public-transport-alone' end, x.recorded_at
from custody_toldrelease t join record_entry x on x.id = t.entry_id {LOCAL_HOUR.format("t.released_at")}
"""  # nosec B608: constants only

WHOLE_PLAN = """
select 'through the gate' as part, r.release_entry_id as about, r.person_id, r.agency_id, r.released_at as began,
  null::timestamptz as done, r.accepted_at is not null and r.mode <> 'public-transport-alone' as counts,
  r.released_at as told_at
from custody_release r where r.state in ('released', 'arrived')
union all
select 'told by files', t.entry_id, t.person_id, t.agency_id, t.released_at, null, false, x.recorded_at
from custody_toldrelease t join record_entry x on x.id = t.entry_id
"""

DEFINED = {("K9", "1"): ALONE, ("K10", "1"): WHOLE_PLAN}
