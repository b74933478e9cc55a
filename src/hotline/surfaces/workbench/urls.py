"""工作台的网址 (addresses of staff pages)."""

from django.urls import path

from hotline.surfaces.workbench import (
    acting,
    attached,
    books,
    entering,
    exporting,
    figures,
    homing,
    keeping,
    looking,
    noticing,
    papering,
    persons,
    registering,
    searching,
    shift_desk,
    shifting,
    signing,
    submitting,
    trialling,
)
from hotline.surfaces.workbench.dispatch import desk as dispatching
from hotline.surfaces.workbench.follow_up import desk as following_up
from hotline.surfaces.workbench.intake import desk as intake
from hotline.surfaces.workbench.knowing import entries as knowledge_entries
from hotline.surfaces.workbench.knowing import lists as knowledge_lists
from hotline.surfaces.workbench.leading import desk as leading
from hotline.surfaces.workbench.reply import desk as replying
from hotline.surfaces.workbench.reply import printing
from hotline.surfaces.workbench.review import desk as reviewing
from hotline.surfaces.workbench.security import enrolling, own
from hotline.surfaces.workbench.sign_off import desk as signing_off
from hotline.surfaces.workbench.staffing import accounts, calendars, catalogue, duty, health, once, sheets, units, verbs
from hotline.surfaces.workbench.web_intake import desk as web

urlpatterns = [  # what is asked for most, first
    path("m/<str:number>/", looking.matter, name="matter"),
    path("m/<str:number>/reveal/", acting.reveal, name="reveal"),
    path("m/<str:number>/file/<str:file_id>/", attached.attachment, name="attachment"),
    path("m/<str:number>/draft_reply/", replying.compose, name="reply"),
    path("m/<str:number>/draft_reply/print/", printing.printed, name="reply-print"),
    path("m/<str:number>/pdf/<slug:what>/", papering.paper, name="paper"),
    path("m/<str:number>/sheet/", submitting.printed, name="submission-sheet"),
    path("m/<str:number>/<slug:verb>/", acting.verb, name="verb"),
    path("", homing.home, name="work"),
    path("seen/", homing.look, name="seen"),
    path("notices/", noticing.notices, name="notices"),
    path("notices/count/", noticing.count, name="notices-count"),
    path("sign-in/", entering.sign_in_page, name="sign-in"),
    path("sign-in/second/", entering.second, name="sign-in-second"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("post/", entering.switch, name="switch-post"),
    path("password/", entering.password, name="password"),
    path("desk/", homing.lists, name="lists"),
    path("security/", own.security, name="security"),
    path("security/second-factor/", enrolling.enrol, name="security-enrol"),
    path("security/sessions/<str:key>/end/", own.end_session, name="security-end"),
    path("security/<slug:verb>/", own.own_verb, name="security-verb"),
    path("desk/intake/", intake.intake, name="intake"),
    path("desk/web/", web.web_intake, name="web-desk"),
    path("desk/dispatch/", dispatching.dispatch, name="dispatch-desk"),
    path("desk/review/", reviewing.review, name="review-desk"),
    path("desk/sign-off/", signing_off.sign_off, name="sign-off-desk"),
    path("desk/leaders/", leading.leaders, name="leaders-desk"),
    path("desk/leaders/given/", leading.given, name="leaders-given"),
    path("desk/to-sign/sign/", signing.sign_together, name="sign-together"),
    path("desk/follow-up/", following_up.follow_up, name="follow-up-desk"),
    path("desk/shift/", shift_desk.shift_desk, name="shift-desk"),
    path("desk/<slug:name>/", looking.desk, name="desk"),
    path("search/", searching.search, name="search"),
    path("search/kept/", keeping.keep, name="search-kept"),
    path("search/export/", exporting.export, name="search-export"),
    path("unit/", figures.figures, name="unit-figures"),
    path("register/", registering.register, name="register"),
    path("shift-dates/", shifting.shift_dates, name="shift-dates"),
    path("duty-calls/", trialling.listing, name="duty-calls"),
    path("duty-calls/<str:unit_id>/", trialling.trial, name="duty-call"),
    path("calendar/", calendars.years, name="calendar"),
    path("health/", health.system, name="health"),
    path("persons/", persons.persons, name="persons"),
    path("persons/<str:token>/", persons.person, name="person"),
    path("persons/<str:token>/export/", persons.export, name="person-export"),
    path("network/", units.units, name="network"),
    path("network/open/", verbs.open_unit, name="network-open"),
    path("network/unit/<str:unit_id>/", units.unit, name="network-unit"),
    path("network/unit/<str:unit_id>/appoint/", verbs.appoint, name="network-appoint"),
    path("network/unit/<str:unit_id>/<slug:verb>/", verbs.unit_verb, name="network-unit-verb"),
    path("network/post/<str:post_id>/<slug:verb>/", verbs.post_verb, name="network-post-verb"),
    path("network/accounts/", accounts.accounts, name="network-accounts"),
    path("network/catalogue/", catalogue.entries, name="network-catalogue"),
    path("network/catalogue/add/", catalogue.add, name="network-catalogue-add"),
    path("network/catalogue/<str:entry_id>/<slug:verb>/", catalogue.verb, name="network-catalogue-verb"),
    path("network/duty/", duty.duty, name="network-duty"),
    path("network/sheets/", sheets.sheets, name="network-sheets"),
    path("network/sheets/confirm/", sheets.confirm, name="network-confirm"),
    path("network/sheets/<slug:what>.<slug:kind>", sheets.download, name="network-export"),
    path("network/passwords/", once.passwords, name="network-passwords"),
    path("knowledge/", knowledge_lists.search, name="knowledge"),
    path("knowledge/mine/", knowledge_lists.mine, name="knowledge-mine"),
    path("knowledge/waiting/", knowledge_lists.waiting, name="knowledge-waiting"),
    path("knowledge/propose/", knowledge_entries.propose, name="knowledge-propose"),
    path("knowledge/e/<str:number>/", knowledge_entries.entry, name="knowledge-entry"),
    path("knowledge/e/<str:number>/<slug:verb>/", knowledge_entries.verb, name="knowledge-verb"),
    path("clause/<str:clause_id>/", books.clause, name="clause"),
    path("rulebook/", books.text, name="rulebook"),
    path("rulebook/readings/", books.readings, name="readings"),
    path("rulebook/duties/", books.duties, name="duties"),
]
