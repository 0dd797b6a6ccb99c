"""The addresses of the pages. No address holds anything of a child but a random id."""

from django.urls import URLPattern, URLResolver, include, path

from sightline.interfaces.web.callbacks import notify
from sightline.interfaces.web.child import pages as child
from sightline.interfaces.web.child import records
from sightline.interfaces.web.circle import pages as circle
from sightline.interfaces.web.custody import charging, saving, screening
from sightline.interfaces.web.custody import desk as custody_desk
from sightline.interfaces.web.custody import pages as custody
from sightline.interfaces.web.custody import path_pages as custody_path
from sightline.interfaces.web.custody.acts import ACTS
from sightline.interfaces.web.custody.charge_acts import ACTS as CHARGE_ACTS
from sightline.interfaces.web.custody.path_forms import FORMS as STEPS
from sightline.interfaces.web.desks import pages as desks
from sightline.interfaces.web.desks import reach
from sightline.interfaces.web.doubts import pages as doubts
from sightline.interfaces.web.extent import pages as extent
from sightline.interfaces.web.handover import pages as handover
from sightline.interfaces.web.importing import pages as importing
from sightline.interfaces.web.inbox import duties, giving, line, notices, team
from sightline.interfaces.web.inspections import cases as inspected
from sightline.interfaces.web.inspections import handing_on, outcome
from sightline.interfaces.web.inspections import pages as inspections
from sightline.interfaces.web.lookback import pages as lookback
from sightline.interfaces.web.measures import pages as measured
from sightline.interfaces.web.observed import pages as observed
from sightline.interfaces.web.offenders import pages as offenders
from sightline.interfaces.web.operations import pages as operations
from sightline.interfaces.web.oversight import links, readings
from sightline.interfaces.web.oversight import pages as oversight
from sightline.interfaces.web.places import pages as places
from sightline.interfaces.web.published import pages as published
from sightline.interfaces.web.rail import pages as rail
from sightline.interfaces.web.referral import pages as referral
from sightline.interfaces.web.road import pages as road
from sightline.interfaces.web.rules import pages as rules
from sightline.interfaces.web.safety import pages as safety
from sightline.interfaces.web.sharing import asking
from sightline.interfaces.web.sharing import pages as sharing
from sightline.interfaces.web.signs import local
from sightline.interfaces.web.signs import pages as signs
from sightline.interfaces.web.silent import pages as silent
from sightline.interfaces.web.slavery import pages as slavery
from sightline.interfaces.web.start import pages as start
from sightline.interfaces.web.unread import pages as unread
from sightline.interfaces.web.work import pages as work

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("stories/<slug:code>/", start.story, name="story"),
    path("help/", start.help_page, name="help"),
    path("purpose/", work.purpose, name="purpose"),
    path("inbox/", line.inbox, name="inbox"),
    path("inbox/new/", line.inbox_new, name="inbox_new"),
    path("inbox/give/", giving.give_many, name="give_many"),
    path("inbox/workload/", team.workload, name="workload"),
    path("inbox/away/", team.away, name="away"),
    path("inbox/away/<uuid:absence_id>/end/", team.end_away, name="end_away"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:notice_id>/", notices.one_notice, name="notice"),
    path("notices/<uuid:notice_id>/acknowledge/", notices.acknowledge, name="acknowledge"),
    path("duties/<uuid:duty_id>/", duties.one_duty, name="duty"),
    path("duties/<uuid:duty_id>/act/", duties.act, name="act"),
    path("duties/<uuid:duty_id>/take/", duties.take, name="take"),
    path("duties/<uuid:duty_id>/give/", duties.give_one, name="give"),
    path("duties/<uuid:duty_id>/put-off/", giving.put_duty_off, name="put_off"),
    path("duties/<uuid:duty_id>/bring-back/", giving.bring_duty_back, name="bring_back"),
    path("protecting/", safety.protecting, name="protecting"),
    path("events/<uuid:event_id>/", safety.one_event, name="event"),
    path("events/<uuid:event_id>/offer/", safety.offer_event, name="offer"),
    path("events/<uuid:event_id>/safe/", safety.child_is_safe, name="safe"),
    path("transfers/<uuid:transfer_id>/", safety.one_transfer, name="transfer"),
    path("transfers/<uuid:transfer_id>/answer/", safety.answer, name="answer"),
    path("transfers/<uuid:transfer_id>/pack/", handover.pack, name="pack"),
    path("events/<uuid:event_id>/here/", road.here, name="here"),
    path("transfers/<uuid:transfer_id>/here/", road.take_here, name="take_here"),
    path("road/", road.by_code, name="road"),
    path("custody/", custody.journeys, name="journeys"),
    path("custody/desk/", custody_desk.custody_desk, name="custody_desk"),
    path("custody/desk/new/", custody_desk.custody_desk_new, name="custody_desk_new"),
    path("custody/<uuid:event_id>/typed/<slug:form>/", saving.keep_typed, name="keep-typed"),
    path("custody/<uuid:event_id>/", custody.one_release, name="release"),
    *[path(f"custody/<uuid:event_id>/{name}/", custody.act(name), name=f"release-{name}") for name in ACTS],
    path("custody/<uuid:event_id>/path/", custody_path.path, name="path"),
    *[path(f"custody/<uuid:event_id>/path/{code}/", custody_path.step(code), name=f"path-{code}") for code in STEPS],
    path("custody/<uuid:event_id>/screen/", screening.screen, name="screen"),
    path("custody/<uuid:event_id>/screen/talk/", screening.record_talk, name="screen-talk"),
    path("custody/<uuid:event_id>/screen/decide/", screening.decide_screen, name="screen-decide"),
    path("custody/<uuid:event_id>/charging/", charging.gate, name="charging"),
    path("custody/<uuid:event_id>/charging/summary/", charging.summary, name="charging_summary"),
    *[path(f"custody/<uuid:event_id>/charging/{name}/", charging.act(name), name=f"charging-{name}")
      for name in CHARGE_ACTS],
    path("offenders/", offenders.day, name="offenders"),
    path("offenders/overdue/", offenders.supervise, name="offenders_overdue"),
    path("offenders/register/", offenders.register, name="offenders_register"),
    path("offenders/<uuid:offender_id>/", offenders.one, name="offender"),
    path("offenders/<uuid:offender_id>/tell/<slug:kind>/", offenders.tell, name="offender_tell"),
    path("offenders/<uuid:offender_id>/told/<uuid:telling>/correct/", offenders.correct, name="offender_correct"),
    path("offenders/<uuid:offender_id>/told/<uuid:telling>/take-back/", offenders.take_back,
         name="offender_take_back"),
    path("children/<uuid:person>/near/", offenders.near, name="near_child"),
    path("operations/", operations.listed, name="operations"),
    path("operations/enter/", operations.enter, name="enter_operation"),
    path("operations/<uuid:operation_id>/", operations.one, name="operation"),
    path("operations/<uuid:operation_id>/forces/", operations.add_force, name="operation-force"),
    path("operations/<uuid:operation_id>/totals/", operations.add_total, name="operation-total"),
    path("operations/<uuid:operation_id>/children/", operations.add_child, name="operation-join"),
    path("operations/<uuid:operation_id>/take-back/", operations.take_back, name="operation-take-back"),
    path("custody/<uuid:event_id>/referral/", referral.one_referral, name="referral"),
    path("custody/<uuid:event_id>/referral/send/", referral.send_referral, name="referral-send"),
    path("custody/<uuid:event_id>/referral/add/", referral.add_to_referral, name="referral-add"),
    path("custody/<uuid:event_id>/referral/adult/", referral.who_is_the_adult, name="referral-adult"),
    path("find/", child.find_child, name="find"),
    path("children/<uuid:person>/", child.child, name="child"),
    path("children/<uuid:person>/decide/", child.decide, name="decide"),
    path("children/<uuid:person>/sign/", observed.record_sign, name="record_sign"),
    path("children/<uuid:person>/sign/<uuid:entry_id>/withdraw/", observed.withdraw_sign, name="withdraw_sign"),
    path("children/<uuid:person>/hand-over/", handover.hand_over_child, name="hand_over"),
    path("children/<uuid:person>/looks/", child.looks, name="looks"),
    path("children/<uuid:person>/records/", records.records, name="records"),
    path("children/<uuid:person>/records/ask/", records.ask_whose_record, name="ask_whose_record"),
    path("children/<uuid:person>/circle/", circle.circle, name="circle"),
    path("links/<uuid:touch_id>/", circle.link, name="link"),
    path("children/<uuid:person>/look-back/", lookback.back, name="look_back"),
    path("children/<uuid:person>/look-back/paper/", lookback.export, name="look_back_paper"),
    path("children/<uuid:person>/share/", sharing.share, name="share"),
    path("children/<uuid:person>/disclosures/", sharing.of_a_child, name="disclosures"),
    path("children/<uuid:person>/ask/", sharing.ask, name="ask_for"),
    path("children/<uuid:person>/confidential/", sharing.keep_confidential, name="shield"),
    path("children/<uuid:person>/slavery/", slavery.referral, name="slavery"),
    path("children/<uuid:person>/slavery/save/", slavery.save_answers, name="slavery_save"),
    path("children/<uuid:person>/slavery/sent/", slavery.say_sent, name="slavery_sent"),
    path("children/<uuid:person>/slavery/sheet/", slavery.sheet, name="slavery_sheet"),
    path("children/<uuid:person>/slavery/decision/", slavery.decision, name="slavery_decision"),
    path("disclosures/<uuid:disclosure_id>/", sharing.one, name="disclosure"),
    path("disclosures/<uuid:disclosure_id>/end/", sharing.take_back, name="end_disclosure"),
    path("disclosures/<uuid:disclosure_id>/receipt/", sharing.receipt, name="receipt"),
    path("requests/<uuid:request_id>/", sharing.one_request, name="request"),
    path("rail/", rail.met, name="rail"),
    path("known/", asking.known, name="known"),
    path("questions/<uuid:question_id>/", asking.one_question, name="question"),
    path("signs/<uuid:sign_id>/close/", child.close_sign, name="close"),
    path("signs/<uuid:sign_id>/keep/", child.keep_sign, name="keep_sign"),
    path("places/hypotheses/", places.listed, name="hypotheses"),
    path("places/hypotheses/<uuid:hypothesis_id>/", places.one, name="hypothesis"),
    path("import/", importing.files, name="import"),
    path("import/<int:submission_id>/", importing.one_file, name="submission"),
    path("import/<int:submission_id>/faults.csv", importing.faults_file, name="faults"),
    path("doubts/", doubts.waiting, name="doubts"),
    path("doubts/<uuid:doubt_id>/", doubts.one, name="doubt"),
    path("rules/", rules.rule_book, name="rules"),
    path("rules/signs/", rules.signs, name="sign_rules"),
    path("rules/signs/<slug:code>/", rules.one_sign, name="sign_rule"),
    path("rules/duties/", rules.duties, name="duty_rules"),
    path("rules/responsibility/", rules.responsibility, name="responsibility_rules"),
    path("rules/gateways/", rules.gateways, name="gateways"),
    path("rules/duties/<slug:code>/", rules.one_duty, name="duty_rule"),
    path("feeds/", silent.silent, name="silent"),
    path("unread/", unread.unread, name="unread"),
    path("desks/", desks.desks, name="desks"),
    path("desks/<int:contact_id>/", desks.one_desk, name="desk"),
    path("desks/<int:contact_id>/hours/", desks.change_hours, name="hours"),
    path("desks/<int:contact_id>/channels/", reach.choose_channels, name="channels"),
    path("desks/<int:contact_id>/address/", reach.change_address, name="address"),
    path("desks/<int:contact_id>/prove/", reach.prove, name="prove"),
    path("desks/<int:contact_id>/turns/", desks.add_turn, name="turns"),
    path("desks/<int:contact_id>/turns/<int:turn_id>/end/", desks.end, name="end_turn"),
    path("callbacks/notify/", notify.arrived, name="notify_callback"),
    path("oversight/", oversight.oversight, name="oversight"),
    path("oversight/releases/", custody.counts, name="release_counts"),
    path("oversight/charges/", charging.counts, name="charge_counts"),
    path("oversight/referrals/", referral.counts, name="referral_counts"),
    path("oversight/signs/", signs.signs_here, name="signs_here"),
    path("oversight/signs/settings/", local.local_settings, name="local_settings"),
    path("oversight/signs/settings/<uuid:settings_id>/", local.one_edition, name="local_edition"),
    path("oversight/signs/<slug:code>/switch/", signs.switch_sign, name="switch_sign"),
    path("oversight/readings/", readings.readings, name="readings"),
    path("oversight/readings/<int:run>/", readings.reading, name="reading"),
    path("oversight/hypotheses/", places.counts, name="hypothesis_counts"),
    path("oversight/links/", links.links, name="links"),
    path("oversight/measures/", measured.all_measures, name="all_measures"),
    path("oversight/measures/freeze/", measured.freeze_measures, name="freeze_measures"),
    path("oversight/measures/file.<slug:form>", measured.measures_file, name="measures_file"),
    path("oversight/measures/<slug:code>/", measured.measure, name="measure"),
    path("oversight/measures/<slug:code>/cases/", measured.measured_cases, name="measured_cases"),
    path("oversight/extent/", extent.extent, name="extent"),
    path("oversight/extent/<slug:table>/", extent.extent_file, name="extent_file"),
    path("oversight/figures/", published.figures, name="figures"),
    path("oversight/figures/<slug:table>/", published.figures_file, name="figures_file"),
    path("oversight/inspections/", inspections.listed, name="inspections"),
    path("oversight/inspections/open/", inspections.opened, name="open_inspection"),
    path("oversight/inspections/<uuid:inspection_id>/", inspections.one, name="inspection"),
    path("oversight/inspections/<uuid:inspection_id>/end/", inspections.ended, name="end_inspection"),
    path("oversight/inspections/<uuid:inspection_id>/results/", outcome.found_by, name="inspection_results"),
    path("oversight/inspections/<uuid:inspection_id>/results/<slug:table>/", outcome.found_file,
         name="inspection_file"),
    path("oversight/inspections/<uuid:inspection_id>/cases/<int:place>/", inspected.record, name="inspected_case"),
    path("oversight/inspections/<uuid:inspection_id>/cases/<int:place>/look-back/", inspected.back,
         name="inspected_back"),
    path("oversight/inspections/<uuid:inspection_id>/cases/<int:place>/grades/", inspected.graded, name="grade_case"),
    path("oversight/inspections/<uuid:inspection_id>/cases/<int:place>/hand-on/", handing_on.handed_on,
         name="hand_on_case"),
    path("oversight/inspections/<uuid:inspection_id>/cases/<int:place>/grades/<slug:topic>/", inspected.settled,
         name="settle_grade"),
    path("account/", include("sightline.interfaces.web.sign_in.urls")),
    path("_look/", include("sightline.interfaces.web.look.urls")),
]

handler400 = "sightline.interfaces.web.errors.bad_request"
handler403 = "sightline.interfaces.web.errors.forbidden"
handler404 = "sightline.interfaces.web.errors.not_found"
handler429 = "sightline.interfaces.web.errors.too_many"
handler500 = "sightline.interfaces.web.errors.broken"
