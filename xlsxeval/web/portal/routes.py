"""The table of routes: address, method, view, and who may use it. A GET changes nothing; nothing else is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from xlsxeval.web.portal.roles import ANYONE, ORGANISERS, UNIT, USERS, PortalRole
from xlsxeval.web.portal.views import entrance, office_pages, unit_page, unit_uploads
from xlsxeval.web.routes import ROUTES, Route

PortalView = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class PortalRoute:
    """An address of the portal. ``who`` may use it; ``is_desk``: the view is one of the desk's."""

    method: str
    address: str
    name: str
    view: PortalView
    who: frozenset[PortalRole]
    is_desk: bool = False


OWN: Final = (
    PortalRoute("GET", "/", "home", entrance.home, ANYONE),
    PortalRoute("GET", "/login", "login", entrance.login, ANYONE),
    PortalRoute("POST", "/login", "enter", entrance.enter, ANYONE),
    PortalRoute("POST", "/logout", "leave", entrance.leave, USERS),
    PortalRoute("GET", "/help", "help", entrance.guide, ANYONE),
    PortalRoute("GET", "/setup/<secret>", "setup", entrance.setup, ANYONE),
    PortalRoute("POST", "/setup/<secret>", "set_up", entrance.set_up, ANYONE),
    PortalRoute("GET", "/password", "password", entrance.password, USERS),
    PortalRoute("POST", "/password", "change_password", entrance.change_password, USERS),
    PortalRoute("GET", "/u/<token>", "unit", unit_page.unit, UNIT),
    PortalRoute("POST", "/u/<token>/files", "hand_in", unit_uploads.hand_in, UNIT),
    PortalRoute("GET", "/u/<token>/answer", "answer", unit_uploads.answer, UNIT),
    PortalRoute("GET", "/u/<token>/form", "unit_form", unit_page.form, UNIT),
    PortalRoute("GET", "/u/<token>/workbook.xlsx", "workbook", unit_page.workbook, UNIT),
    PortalRoute("GET", "/u/<token>/blank.xlsx", "blank", unit_page.blank, UNIT),
    PortalRoute("GET", "/u/<token>/carried/<number>.xlsx", "carried", unit_page.carried, UNIT),
    PortalRoute("POST", "/u/<token>/workbook", "prepare", unit_page.prepare, UNIT),
    PortalRoute("GET", "/u/<token>/annotated/<digest>.xlsx", "annotated", unit_page.annotated, UNIT),
    PortalRoute("GET", "/u/<token>/files/<number>", "handed_file", unit_page.handed_file, UNIT),
    PortalRoute("GET", "/u/<token>/receipts/<number>", "receipt", unit_page.receipt, UNIT),
    PortalRoute("GET", "/u/<token>/receipts/<number>.docx", "receipt_file", unit_page.receipt_file, UNIT),
    PortalRoute("POST", "/u/<token>/confirm", "confirm", unit_page.confirm, UNIT),
    PortalRoute("POST", "/u/<token>/message", "ask", unit_page.ask, UNIT),
    PortalRoute("GET", "/c/<key>/portal", "portal", office_pages.portal, USERS),
    PortalRoute("POST", "/c/<key>/portal", "set_portal", office_pages.set_portal, ORGANISERS),
    PortalRoute("POST", "/c/<key>/links", "links", office_pages.links, ORGANISERS),
    PortalRoute("POST", "/c/<key>/links.xlsx", "link_file", office_pages.link_file, ORGANISERS),
    PortalRoute("POST", "/c/<key>/revoke", "revoke", office_pages.revoke, ORGANISERS),
    PortalRoute("POST", "/c/<key>/mail", "mail", office_pages.mail, ORGANISERS),
    PortalRoute("GET", "/c/<key>/units/<code>", "correspondence", office_pages.correspondence, USERS),
    PortalRoute("POST", "/c/<key>/units/<code>", "write", office_pages.write, ORGANISERS),
    PortalRoute("GET", "/c/<key>/users", "users", office_pages.users, ORGANISERS),
    PortalRoute("POST", "/c/<key>/users", "add_user", office_pages.add_user, ORGANISERS),
    PortalRoute("POST", "/c/<key>/users/close", "close_user", office_pages.close_user, ORGANISERS),
    PortalRoute("POST", "/c/<key>/export", "export", office_pages.export, ORGANISERS),
)

CARRIED: Final[Mapping[str, frozenset[PortalRole]]] = {
    "alive": USERS,
    "task": USERS,
    "task_data": USERS,
    "roster": USERS,
    "roster_file": USERS,
    "take_roster": ORGANISERS,
    "settings": USERS,
    "set_deadline": ORGANISERS,
    "set_severity": ORGANISERS,
    "form": USERS,
    "unlock": ORGANISERS,
    "sending": USERS,
    "send": ORGANISERS,
    "sent_archive": USERS,
    "returns": USERS,
    "take": ORGANISERS,
    "collect": ORGANISERS,
    "compare": USERS,
    "choose": ORGANISERS,
    "dismiss": ORGANISERS,
    "reviews": USERS,
    "review": USERS,
    "decide": ORGANISERS,
    "waive": ORGANISERS,
    "send_back": ORGANISERS,
    "original": USERS,
    "exceptions": USERS,
    "withdraw": ORGANISERS,
    "results": USERS,
    "make_result": ORGANISERS,
    "result_file": USERS,
    "history": USERS,
}
"""The desk's routes that the portal has as well, by their names."""

LEFT_OUT: Final = frozenset(
    {
        "home",
        "look",
        "looked",
        "new",
        "make",
        "edition",
        "browse",
        "browse_in",
        "open_folder",
        "forget",
        "restore",
        "rename",
        "about",
        "quit",
        "backup",
        "help",
        "set_limits",
        "show",
    }
)
"""The desk's routes that a server has not: they show its disk, end it, set what the machine must bear, or are otherwise here."""


def _carried(route: Route) -> PortalRoute:
    return PortalRoute(route.method, route.address, route.name, route.view, CARRIED[route.name], is_desk=True)


PORTAL_ROUTES: Final = (*OWN, *(_carried(route) for route in ROUTES if route.name in CARRIED))
