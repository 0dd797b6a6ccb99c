"""The addresses of the pages. No address holds anything of a child but a random id."""

from django.urls import URLPattern, URLResolver, include, path

from sightline.interfaces.web.child import pages as child
from sightline.interfaces.web.doubts import pages as doubts
from sightline.interfaces.web.handover import pages as handover
from sightline.interfaces.web.importing import pages as importing
from sightline.interfaces.web.inbox import pages as inbox
from sightline.interfaces.web.oversight import pages as oversight
from sightline.interfaces.web.road import pages as road
from sightline.interfaces.web.rules import pages as rules
from sightline.interfaces.web.safety import pages as safety
from sightline.interfaces.web.start import pages as start
from sightline.interfaces.web.work import pages as work

urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("stories/<slug:code>/", start.story, name="story"),
    path("help/", start.help_page, name="help"),
    path("purpose/", work.purpose, name="purpose"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("notices/", inbox.notices, name="notices"),
    path("notices/<uuid:notice_id>/", inbox.one_notice, name="notice"),
    path("notices/<uuid:notice_id>/acknowledge/", inbox.acknowledge, name="acknowledge"),
    path("duties/<uuid:duty_id>/", inbox.one_duty, name="duty"),
    path("duties/<uuid:duty_id>/act/", inbox.act, name="act"),
    path("duties/<uuid:duty_id>/take/", inbox.take, name="take"),
    path("duties/<uuid:duty_id>/give/", inbox.give, name="give"),
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
    path("find/", child.find_child, name="find"),
    path("children/<uuid:person>/", child.child, name="child"),
    path("children/<uuid:person>/decide/", child.decide, name="decide"),
    path("children/<uuid:person>/hand-over/", handover.hand_over_child, name="hand_over"),
    path("children/<uuid:person>/looks/", child.looks, name="looks"),
    path("signs/<uuid:sign_id>/close/", child.close_sign, name="close"),
    path("import/", importing.files, name="import"),
    path("import/<int:submission_id>/", importing.one_file, name="submission"),
    path("import/<int:submission_id>/faults.csv", importing.faults_file, name="faults"),
    path("doubts/", doubts.waiting, name="doubts"),
    path("doubts/<uuid:doubt_id>/", doubts.one, name="doubt"),
    path("rules/", rules.rule_book, name="rules"),
    path("rules/signs/<slug:code>/", rules.one_sign, name="sign_rule"),
    path("rules/duties/<slug:code>/", rules.one_duty, name="duty_rule"),
    path("oversight/", oversight.oversight, name="oversight"),
    path("account/", include("sightline.interfaces.web.sign_in.urls")),
    path("_look/", include("sightline.interfaces.web.look.urls")),
]

handler400 = "sightline.interfaces.web.errors.bad_request"
handler403 = "sightline.interfaces.web.errors.forbidden"
handler404 = "sightline.interfaces.web.errors.not_found"
handler429 = "sightline.interfaces.web.errors.too_many"
handler500 = "sightline.interfaces.web.errors.broken"
