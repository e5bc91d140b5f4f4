"""Made units driven through their links end as they must. ``make portal`` drives all kinds and 300 units over HTTP."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.support.made.making import make_campaign
from tests.support.made.through_links import END, differing, parcels, sure_units, upload_all
from tests.web.portal.portals import Portal
from xlsxeval.campaign.workspace import open_workspace
from xlsxeval.collection.unit_links import make_links
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory

UNITS = 95
EVERY = 6
"""Of the kinds one in six is driven here: each file costs a tenth of a second."""


def test_made_units_end_as_they_must(tmp_path: Path) -> None:
    """Takes as long as thirty files take to be made and judged."""
    folder = tmp_path / "任务"
    expected = make_campaign(folder, UNITS)
    portal = Portal(folder)
    try:
        workspace = open_workspace(folder, Library(templates_directory()), clock=portal.clock, by="王会计")
        tokens = {link.code: link.token for link in make_links(workspace)}
        sure = sure_units(expected, UNITS)
        kinds = sorted({one.kind for one in sure.values()})[::EVERY]
        sure = {code: one for code, one in sure.items() if one.kind in kinds}
        browser = portal.browser()

        def post(code: str, name: str, data: bytes, moment: dt.datetime) -> None:
            portal.clock.now = moment
            answer = browser.post(f"/u/{tokens[code]}/files", files=[(name, data)])
            assert answer.status_code == 303, (code, name, answer.text)

        upload_all([one for one in parcels(folder, UNITS) if one.code in sure], post)
        campaign = portal.office.campaign(portal.key)
        assert campaign is not None
        assert len(sure) > 10
        assert differing(campaign.status(END.date()), sure) == []
        assert portal.log == []
    finally:
        portal.close()
