"""Every door: each address of the site and each command that reads, with what those find there from whom a matter is
kept.

A number is the answer's status. 200 never means that the matter is seen: whatever is answered says the same as if there
were no such matter (`test_doors`). 302 before staff pages leads to signing in, on citizens' pages to number and code.
The columns: signed out (nobody, a citizen with a number and code of their own, a post that has ended, an acting-for
that is over) · a unit (another one, a level-3 clerk above its station, the target itself) · an operator, a reviewer, an
inspector whom it is about · the administrator · a leader before whom it was not put."""

from __future__ import annotations

COLUMNS = ("out", "unit", "operator", "reviewer", "inspector", "admin", "leader")
Row = tuple[int, ...]

OPEN: Row = (200,) * 7
ELSEWHERE: Row = (302,) * 7
ONLY_POST: Row = (405,) * 7
STAFF: Row = (302, 200, 200, 200, 200, 200, 200)
NOT_THERE: Row = (302, 404, 404, 404, 404, 404, 404)
SEARCHERS: Row = (302, 200, 200, 200, 200, 403, 200)  # whoever sees matters at all
OPERATORS: Row = (302, 403, 200, 403, 403, 403, 403)
REVIEWERS: Row = (302, 403, 403, 200, 403, 403, 403)
NOBODY_HERE: Row = (302, 403, 403, 403, 403, 403, 403)
OFFICERS: Row = (302, 403, 403, 403, 200, 403, 403)
LEADERS: Row = (302, 403, 403, 403, 403, 403, 200)
ADMINS: Row = (302, 403, 403, 403, 403, 200, 403)
TRIERS: Row = (302, 200, 403, 403, 200, 403, 403)  # a unit: those below it, perhaps none

# By the name of the address; a door of its own behind a slash.
GET: dict[str, Row] = {
    "home": OPEN, "refused": OPEN, "submit": OPEN, "follow-query": OPEN, "-/alive": OPEN, "sign-in": OPEN,
    "published": OPEN, "published-text": (404,) * 7,  # nothing of it was published
    "type": ONLY_POST, "sign-out": ONLY_POST, "switch-post": ONLY_POST, "reveal": ONLY_POST, "search-kept": ONLY_POST,
    "network-confirm": ONLY_POST, "calendar-publish": ONLY_POST, "network-passwords": ONLY_POST,
    "done": ELSEWHERE, "follow": ELSEWHERE, "rate": ELSEWHERE, "supply": ELSEWHERE, "review": ELSEWHERE,
    "withdraw": ELSEWHERE, "work": (302, 200, 200, 200, 200, 302, 200), "lists": ELSEWHERE, "seen": ONLY_POST,
    "notices": SEARCHERS, "notices-count": SEARCHERS, "notices-ways": SEARCHERS,
    "waits": SEARCHERS,
    "password": STAFF, "security": STAFF, "security-enrol": STAFF, "security-end": ONLY_POST,
    "sign-in-second": ELSEWHERE, "security-verb": (302, 303, 303, 303, 303, 303, 303),  # nobody has a second factor
    "health": ADMINS, "calendar": ADMINS, "network-accounts": ADMINS,
    "clause": STAFF, "rulebook": STAFF, "readings": STAFF, "duties": STAFF,
    "desk": (302, 200, 200, 200, 200, 404, 200),
    "desk/beside": NOT_THERE,
    "matter": NOT_THERE, "attachment": NOT_THERE, "verb": NOT_THERE, "reply": NOT_THERE, "reply-print": NOT_THERE,
    "submission-sheet": NOT_THERE, "paper": NOT_THERE, "answer-print": NOT_THERE,
    "search": SEARCHERS, "search/words": SEARCHERS, "search/day": SEARCHERS, "search/kind": SEARCHERS,
    "search/number": SEARCHERS, "search-export": (302, 302, 302, 302, 302, 403, 302),  # nothing was asked for
    "search-export/words": SEARCHERS,
    "register": OPERATORS, "intake": OPERATORS,
    "review-desk": REVIEWERS, "review-desk/beside": (302, 403, 403, 404, 403, 403, 403),
    "sign-together": (302, 303, 403, 403, 403, 403, 403),  # a unit's people; nothing waits
    **dict.fromkeys(("hand-down-together", "unit-figures-export"), (302, 200, 403, 403, 403, 403, 403)),
    "follow-up-desk": NOBODY_HERE, "follow-up-desk/beside": NOBODY_HERE,
    "web-desk": OPERATORS, "web-desk/beside": OPERATORS,  # which one somebody has, no address says
    "dispatch-desk": NOBODY_HERE, "dispatch-desk/beside": NOBODY_HERE,
    "sign-off-desk": NOBODY_HERE, "sign-off-desk/beside": NOBODY_HERE, "shift-desk": NOBODY_HERE,
    "leaders-desk": LEADERS, "leaders-desk/beside": (302, 403, 403, 403, 403, 403, 404), "leaders-given": LEADERS,
    "unit-figures": (302, 200, 403, 403, 403, 403, 403),
    "duty-calls": TRIERS, "duty-call": (302, 404, 403, 403, 200, 403, 403),
    "register/same_call": (302, 403, 404, 403, 403, 403, 403),
    "register/follows": (302, 403, 404, 403, 403, 403, 403),
    "shift-dates": NOBODY_HERE, "persons": OFFICERS, "person": OFFICERS, "person-export": OFFICERS,
    "knowledge": SEARCHERS, "knowledge/words": SEARCHERS, "knowledge-mine": (302, 200, 200, 200, 200, 403, 403),
    "knowledge-waiting": REVIEWERS, "knowledge-propose": (302, 200, 200, 200, 200, 403, 403),
    "knowledge-propose/from": (302, 404, 404, 404, 404, 403, 403),  # no entry begins with what one may not see
    "knowledge-entry": (302, 404, 404, 404, 404, 403, 404), "knowledge-verb": (302, 404, 404, 404, 404, 403, 404),
    "network": ADMINS, "network-open": ADMINS, "network-unit": ADMINS, "network-appoint": ADMINS,
    "network-unit-verb": ADMINS, "network-post-verb": ADMINS, "network-duty": ADMINS, "network-sheets": ADMINS,
    "network-danger": ADMINS, "network-danger-add": ADMINS, "network-danger-end": ADMINS,
    "network-categories": ADMINS, "network-category-add": ADMINS, "network-category-verb": ADMINS,
    "network-sessions": ADMINS, "network-wordings": ADMINS, "network-wording": ADMINS,
    "network-wording-restore": (302, 403, 403, 403, 403, 404, 403),
    "network-catalogue": ADMINS, "network-catalogue-add": ADMINS, "network-catalogue-verb": ADMINS,
    "network-export": ADMINS, "network-export/catalogue": ADMINS,
    "network-export/people": ADMINS, "network-export/duties": ADMINS,
}  # fmt: skip
POST: dict[str, Row] = {
    "follow-query": (422,) * 7,
    "rate": ELSEWHERE, "supply": ELSEWHERE, "review": ELSEWHERE, "withdraw": ELSEWHERE,
    "reply-print": NOT_THERE, "paper": NOT_THERE, "answer-print": NOT_THERE,
    "reveal": NOT_THERE, "verb": NOT_THERE, "reply": NOT_THERE, "sign-together": (302, 303, 403, 403, 403, 403, 403),
    **dict.fromkeys(("hand-down-together", "unit-figures-export"), (302, 422, 403, 403, 403, 403, 403)),
    "register/same_call": (302, 403, 404, 403, 403, 403, 403),
    "intake": (302, 403, 303, 403, 403, 403, 403),  # what it shows of a caller: `test_intake`
    "review-desk": (302, 403, 403, 422, 403, 403, 403), "review-desk/beside": (302, 403, 403, 404, 403, 403, 403),
    "follow-up-desk": NOBODY_HERE, "follow-up-desk/beside": NOBODY_HERE,
    "web-desk": (302, 403, 409, 403, 403, 403, 403), "web-desk/beside": (302, 403, 404, 403, 403, 403, 403),
    "dispatch-desk": NOBODY_HERE, "dispatch-desk/beside": NOBODY_HERE,
    "sign-off-desk": NOBODY_HERE, "sign-off-desk/beside": NOBODY_HERE, "shift-desk": NOBODY_HERE,
    "leaders-desk": (302, 403, 403, 403, 403, 403, 422), "leaders-desk/beside": (302, 403, 403, 403, 403, 403, 404),
    "search": (302, 200, 303, 303, 303, 403, 200),  # a telephone number: the hotline's own people look for one
    "search-kept": (302, 303, 303, 303, 303, 403, 303),
    "search-export/number": (302, 422, 422, 422, 422, 403, 422),  # nothing there to be taken away
    "shift-dates": NOBODY_HERE, "duty-call": (302, 404, 403, 403, 422, 403, 403),
    "persons": OFFICERS, "person": OFFICERS, "knowledge-propose/from": (302, 404, 404, 404, 404, 403, 403),
    "knowledge-verb": (302, 404, 404, 404, 404, 403, 404),
    "person-export": (302, 403, 403, 403, 404, 403, 403),
}  # fmt: skip

# Among a unit's people, those who sign off have a desk that others have not.
SIGNERS = {"GET sign-off-desk": 200, "GET sign-off-desk/beside": 404, "POST sign-off-desk": 422,
           "POST sign-off-desk/beside": 404}  # fmt: skip

# Where it is the leaders who order that dates are shifted, they have a page for it.
ORDERERS = {"GET shift-dates": 200, "POST shift-dates": 422}

# What stands there whatever is in the city: walked once, and looked through for words of the matter.
STILL = {"home", "refused", "submit", "-/alive", "sign-in", "password", "clause", "rulebook", "readings", "duties",
         "security", "security-enrol", "security-verb", "sign-in-second", "health", "network-accounts"}  # fmt: skip

# What each command says of matters to whoever holds the data folder, which holds everything; nobody else can run one.
NOTHING, FIGURES, NUMBERS = "没有", "只有数目", "编号和日期"
COMMANDS: dict[str, str] = {
    "up": NOTHING, "web": NOTHING, "push": NOTHING, "loops": NOTHING, "test": NOTHING, "due": NOTHING,
    "clauses": NOTHING, "transitions": NOTHING, "shots": NOTHING, "keys": FIGURES, "network": NOTHING, "shift": NOTHING,
    "verify": FIGURES, "doctor": FIGURES, "metrics": FIGURES, "seal": FIGURES, "sweep": FIGURES, "backup": FIGURES,
    "restore": FIGURES, "replay": FIGURES, "simulate": FIGURES, "load": FIGURES,
    "calendar": NUMBERS,  # `publish` lists the orders whose dates moved; `check` says nothing of any
}  # fmt: skip
