"""Every route with requests that no browser makes: an answer, and no fault of the program. ``make portal`` goes on."""

from __future__ import annotations

from itertools import islice

from tests.fuzz.portal_requests import odd_requests
from tests.web.conftest import Posted
from tests.web.portal.portals import Portal
from tests.web.portal.strange import ask, harmless, targets
from xlsxeval.ledger.portal import AccountRole

_COUNT = 160


def test_no_request_ends_in_a_fault_of_the_program(portal: Portal, posted: Posted) -> None:
    organiser, link = portal.user(AccountRole.ORGANISER), portal.link(posted.code)
    organiser.hand_in(link, ("a.xlsx", posted.files["wrong"]))
    requests = odd_requests(targets(portal.key, posted.code, link), list(posted.files.values()), 1)
    seen = set()
    for one in islice(filter(harmless, requests), _COUNT):
        code = ask(organiser, one)
        assert code < 500 or code in (501, 503), (code, one, portal.log)
        seen.add(code)
    assert {200, 404, 405, 422} <= seen
    assert portal.log == []
    assert organiser.get(link).status_code == 200
