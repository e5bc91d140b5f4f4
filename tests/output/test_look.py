"""The sheet that all pages share: its colours can be read, and no page has colours of its own for what the sheet names."""

from __future__ import annotations

import re
from itertools import product

import pytest

from xlsxeval.resources import templates_directory

HTML = templates_directory() / "html"
LOOK = (HTML / "look.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z]+): #([0-9a-f]{3,6})", LOOK))
TEXT = ("ink", "soft", "deep", "error", "warning", "info", "done", "missing")
GROUNDS = ("paper", "ground", "tint")


def _light(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    whole = "".join(char * 2 for char in colour) if len(colour) == 3 else colour
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((_light(first), _light(second)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_the_guidelines() -> None:
    assert contrast("000", "ffffff") == pytest.approx(21)
    assert contrast("767676", "fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), list(product(TEXT, GROUNDS)))
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


def test_edges_of_controls_can_be_seen() -> None:
    assert contrast(TOKENS["edge"], TOKENS["paper"]) >= 3


@pytest.mark.parametrize("sheet", ["check.css", "board.css", "desk/desk.css", "portal/portal.css"])
def test_a_page_takes_its_colours_from_the_shared_sheet(sheet: str) -> None:
    text = (HTML / sheet).read_text(encoding="utf-8")
    assert re.findall(r"--[a-z]+:", text) == []
    own = {colour for colour in re.findall(r"#([0-9a-f]{3,6})\b", text) if len(colour) in {3, 6}}
    assert own & set(TOKENS.values()) - {TOKENS["paper"]} == set()
