"""Drives a made campaign through its links over HTTP, then sends odd requests to every route.

    python tools/portal_campaign.py DIR                    # 300 units, all kinds of return
    python tools/portal_campaign.py DIR --units 95 --requests 2000

The server is the portal's own, in this process, with a clock that shows each file's moment. Ends with 1 where a unit stands
otherwise than it must, or an answer was a fault of the program.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import threading
from collections import Counter
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.fuzz.portal_requests import odd_requests  # noqa: E402
from tests.support.made.making import make_campaign  # noqa: E402
from tests.support.made.through_links import END, differing, parcels, sure_units, upload_all  # noqa: E402
from tests.web.portal.portals import Clock, Portal  # noqa: E402
from tests.web.portal.strange import ask, harmless, targets  # noqa: E402
from tests.web.portal.wire import Wire  # noqa: E402
from xlsxeval.campaign.workspace import open_workspace  # noqa: E402
from xlsxeval.collection.unit_links import make_links  # noqa: E402
from xlsxeval.forms.library import Library  # noqa: E402
from xlsxeval.ledger.portal import AccountRole  # noqa: E402
from xlsxeval.resources import templates_directory  # noqa: E402
from xlsxeval.web.portal.office import Office, portal_address  # noqa: E402
from xlsxeval.web.portal.serving import bound_server, serve_portal, settings_for  # noqa: E402


def main(arguments: list[str]) -> int:
    """Drives, compares, and says what differed."""
    parser = argparse.ArgumentParser(description="Drives a made campaign through its links.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where; must not exist yet")
    parser.add_argument("--units", type=int, default=300, help="how many units (300)")
    parser.add_argument("--requests", type=int, default=5000, help="how many odd requests (5000)")
    options = parser.parse_args(arguments)
    expected = make_campaign(options.folder, options.units, jobs=2)
    print(f"made {options.units} units")
    wrong = driven(options.folder, expected, options.units)
    print(*wrong, sep="\n")
    faults = odd(options.folder, options.requests)
    return int(bool(wrong or faults))


def driven(folder: Path, expected: dict[str, object], units: int) -> list[str]:
    """Uploads everything over HTTP; what stands otherwise than it must."""
    clock, log = Clock(), list[str]()
    office, server = bound_server(
        lambda port: Office([folder], portal_address(None, "", port), clock=clock, log=log.append),
        settings_for("127.0.0.1", 0, None),
    )
    stop = threading.Event()
    thread = threading.Thread(target=serve_portal, args=(office, server, lambda lines: None, stop))
    thread.start()
    try:
        workspace = open_workspace(folder, Library(templates_directory()), clock=clock, by="王会计")
        tokens = {link.code: link.token for link in make_links(workspace)}
        wire, states, sent = Wire("127.0.0.1", server.port), Counter[str](), 0

        def post(code: str, name: str, data: bytes, moment: dt.datetime) -> None:
            nonlocal sent
            if code in tokens:
                clock.now = moment
                states.update(wire.hand_in(tokens[code], name, data))
                sent += 1

        upload_all(parcels(folder, units), post)
        sure = sure_units(expected, units)
        campaign = office.campaign(office.keys[0])
        assert campaign is not None
        found = differing(campaign.status(END.date()), sure)
        whole = campaign.verify_archive().is_whole
        kinds = len({one.kind for one in sure.values()})
        print(
            f"{sent} uploads, {dict(states)}; {len(sure)} units of {kinds} kinds compared, {len(found)} differ; archive whole: {whole}"
        )
        return [*found, *log, *([] if whole else ["the archive is not whole"])]
    finally:
        stop.set()
        thread.join()


def odd(folder: Path, count: int) -> int:
    """Sends odd requests; the number of faults of the program."""
    portal = Portal(folder)
    try:
        organiser = portal.user(AccountRole.ORGANISER)
        campaign = portal.office.campaign(portal.key)
        assert campaign is not None
        code = campaign.campaign.units[0].code
        link = portal.link(code)
        books = [path.read_bytes() for path in sorted((folder / "下发").glob("*.xlsx"))[:3]]
        seen, faults = Counter[int](), 0
        for one in islice(filter(harmless, odd_requests(targets(portal.key, code, link), books, 7)), count):
            status = ask(organiser, one)
            seen[status] += 1
            if status >= 500 and status not in (501, 503):
                faults += 1
                print(status, repr(one)[:600], portal.log[-1:], sep="\n")
        print(f"{count} odd requests: {dict(sorted(seen.items()))}, {faults} faults")
        return faults
    finally:
        portal.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
