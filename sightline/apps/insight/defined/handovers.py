"""K12 to K14: handovers between agencies, minutes without an owner, disputes."""

# A handover on the road names its receiver when it is accepted; one told by a file does, or does not, in its words.
UNNAMED = """
select 'on the road' as part, t.id as about, t.person_id, t.from_agency_id as agency_id, g.met_at as began,
  null::timestamptz as done, t.state <> 'accepted' as counts, t.offered_at as told_at
from responsibility_roadleg g join responsibility_transfer t on t.id = g.transfer_id where t.state <> 'withdrawn'
union all
select 'released out of the area', t.entry_id, t.person_id, t.agency_id, t.released_at, null,
  not t.received, x.recorded_at
from custody_toldrelease t join record_entry x on x.id = t.entry_id where t.out_of_area
"""

UNOWNED = """
select '' as part, v.id as about, v.person_id, first.agency_id, v.opened_at as began, first.at as done,
  true as counts, x.recorded_at as told_at
from responsibility_safetyevent v join record_entry x on x.id = v.opened_by_id
  join lateral (select c.at, c.agency_id from responsibility_ownerchange c where c.event_id = v.id
    order by c.at, c.id limit 1) first on true
"""

# The time of those that count is the time until the dispute was settled.
DISPUTED = """
select '' as part, t.id as about, t.person_id, t.from_agency_id as agency_id, t.offered_at as began,
  d.settled_at as done, d.transfer_id is not null as counts, t.offered_at as told_at
from responsibility_transfer t left join responsibility_dispute d on d.transfer_id = t.id where t.kind = 'safety'
"""

DEFINED = {("K12", "1"): UNNAMED, ("K13", "1"): UNOWNED, ("K14", "1"): DISPUTED}
