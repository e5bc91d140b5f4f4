"""A desk with a small campaign that was sent out; its workbook filled in with care, and with a wrong amount."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.web.desks import DeskBrowser

from xlsxeval.api import fill, new_roster, open_campaign, sample
from xlsxeval.judging.front import Front

SAMPLE = "chenxi-2024"


class Posted:
    """A campaign's folder as it was sent out, and its unit's workbook as it comes back."""

    def __init__(self, folder: Path) -> None:
        self.campaign = folder / "辰溪2024"
        new_roster(self.campaign, sample(SAMPLE))
        opened = open_campaign(self.campaign, by="王会计")
        (sent,) = opened.generate(jobs=1)
        self.code = sent.code
        blank = self.campaign / "下发" / sent.name
        self.files: dict[str, bytes] = {}
        careful = (sample(SAMPLE) / "values" / "careful.yaml").read_text(encoding="utf-8")
        for name, text in {
            "careful": careful,
            "wrong": careful.replace("funds.basic: 611.34", "funds.basic: 600"),
        }.items():
            values, path = folder / f"{name}.yaml", folder / f"{name}.xlsx"
            values.write_text(text, encoding="utf-8")
            fill(blank, values, path)
            self.files[name] = path.read_bytes()


@pytest.fixture(scope="session")
def posted(tmp_path_factory: pytest.TempPathFactory) -> Posted:
    """Not to be changed."""
    return Posted(tmp_path_factory.mktemp("posted"))


@pytest.fixture(scope="session")
def front() -> Iterator[Front]:
    """The worker processes of all desks, started once."""
    with Front() as started:
        yield started


@pytest.fixture
def desk(tmp_path: Path, front: Front) -> Iterator[DeskBrowser]:
    """A desk of one's own, with nothing on it."""
    from tests.web.desks import DeskBrowser  # Flask only for these tests

    browser = DeskBrowser(tmp_path, front=front)
    yield browser
    browser.close()
