"""Two people at one form: what one of them has not seen is not overwritten by what the other sends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from openpyxl import load_workbook

from tests.web.conftest import Posted
from tests.web.portal.portals import Portal, PortalBrowser, told
from xlsxeval.collection.correspondence import PortalSettings
from xlsxeval.ledger.portal import AccountRole

Fields = Mapping[str, str]
Files = list[tuple[str, bytes]]
FORMS: Mapping[str, tuple[str, str, Fields, str, Fields]] = {
    "a review": ("{c}reviews/{u}", "{c}reviews/{u}", {"state": "passed"}, "{c}reviews/{u}", {"state": "pending"}),
    "a note": (
        "{c}reviews/{u}",
        "{c}reviews/{u}",
        {"state": "note", "note": "请补批复"},
        "{c}reviews/{u}",
        {"state": "note", "note": "已电话说明"},
    ),
    "sending back": ("{c}reviews/{u}", "{c}reviews/{u}", {"state": "passed"}, "{c}reviews/{u}/back", {}),
    "the deadline": (
        "{c}settings",
        "{c}settings",
        {"deadline": "2025-07-01"},
        "{c}settings",
        {"deadline": "2025-08-01"},
    ),
    "a severity": (
        "{c}settings",
        "{c}settings/rule",
        {"rule": "L104", "level": "error"},
        "{c}settings/rule",
        {"rule": "L104", "level": "info"},
    ),
    "settings of the portal": ("{c}portal", "{c}portal", {"closed": "on"}, "{c}portal", {"confirm_with_errors": "on"}),
    "new links": ("{c}portal", "{c}links", {"unit": "{u}"}, "{c}links", {"unit": "{u}", "renew": "on"}),
    "links revoked": ("{c}portal", "{c}links", {"unit": "{u}"}, "{c}revoke", {"unit": "{u}"}),
    "a user": (
        "{c}users",
        "{c}users",
        {"name": "某甲", "role": "auditor"},
        "{c}users",
        {"name": "某甲", "role": "organiser"},
    ),
    "a user closed": (
        "{c}users",
        "{c}users",
        {"name": "组织人员甲", "role": "organiser"},
        "{c}users/close",
        {"name": "组织人员甲"},
    ),
}
"""By what is changed: the page that both read, the form that the other sends, and the form that was read before."""


def seen(page: str, action: str) -> str:
    """What the page's form carries; a button may send it elsewhere."""
    for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL):
        found = re.search(r'name="seen" value="([^"]*)"', form)
        if f'action="{action}"' in form and found is not None:
            return found[1]
    raise AssertionError(action)


@pytest.fixture
def handed(portal: Portal, posted: Posted) -> Callable[[str], str]:
    """Texts with the addresses of the campaign, after its unit handed in."""
    portal.browser().hand_in(portal.link(posted.code), ("a.xlsx", posted.files["careful"]))
    return lambda text: text.format(c=f"/c/{portal.key}/", u=posted.code)


def send(browser: PortalBrowser, address: str, fields: Fields, shown: str) -> int:
    return browser.post(address, {**fields, "seen": shown}).status_code


@pytest.mark.parametrize("what", FORMS)
def test_a_form_that_was_read_before_a_change_warns(portal: Portal, handed: Callable[[str], str], what: str) -> None:
    page, others, theirs, own, mine = FORMS[what]
    first, second = portal.user(AccountRole.ORGANISER), portal.user(AccountRole.ORGANISER, "组织人员乙")
    fill = {name: handed(value) for name, value in theirs.items()}, {name: handed(text) for name, text in mine.items()}
    read = first.page(handed(page))
    elsewhere = {"{c}reviews/{u}/back": page, "{c}revoke": "{c}links"}
    old = seen(read, handed(elsewhere.get(own, own)))
    assert send(second, handed(others), fill[0], seen(read, handed(others))) in (200, 303)
    refused = first.post(handed(own), {**fill[1], "seen": old})
    assert refused.status_code == 422
    assert "又有变动" in told(refused)
    assert fill[1].get("note", "") in told(refused)
    again = seen(first.page(handed(page)), handed(elsewhere.get(own, own)))
    assert send(first, handed(own), fill[1], again) in (200, 303)


def test_a_roster_and_a_choice_and_a_confirmation(portal: Portal, posted: Posted, handed: Callable[[str], str]) -> None:
    user, link = portal.user(AccountRole.ORGANISER), portal.link(posted.code)
    campaign = portal.office.campaign(portal.key)
    assert campaign is not None
    campaign.change_portal_settings(PortalSettings(confirm_with_errors=True, closed=False))
    unit = portal.browser()
    old = seen(unit.page(link), f"{link}/confirm")
    unit.hand_in(link, ("b.xlsx", posted.files["wrong"]))
    assert "又有变动" in told(unit.post(f"{link}/confirm", {"person": "某某", "seen": old}))
    page, roster = user.page(handed("{c}")), (campaign.folder / "名册.xlsx").read_bytes()
    form = {"seen": seen(page, handed("{c}roster"))}
    assert user.post(handed("{c}roster"), form, [("名册.xlsx", roster)]).status_code == 303
    book = load_workbook(campaign.folder / "名册.xlsx")
    book.active["A1"].value = f"{book.active['A1'].value} "
    book.save(campaign.folder / "名册.xlsx")
    refused = user.post(handed("{c}roster"), form, [("名册.xlsx", roster)])
    assert "又有变动" in told(refused)
    assert campaign.folder.joinpath("名册.xlsx").read_bytes() != roster
    choice = {"unit": posted.code, "part": "", "seen": "x|y", "file": "0" * 64, "reason": "单位来电"}
    assert "又有变动" in told(user.post(handed("{c}choose"), choice))
