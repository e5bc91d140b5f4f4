"""What xlsxeval calls clean, openpyxl, calamine and LibreOffice read alike; ``make readers`` goes on for as long as is wanted.

A file that a reader cannot read at all is no disagreement: nobody sees another value in it.
"""

from __future__ import annotations

import pytest

from tests.differential.comparing import compared, differences
from tests.differential.readers import by_calamine, by_libreoffice, by_openpyxl, by_xlsxeval
from tests.differential.variants import OTHER, VARIANTS, original
from tests.fuzz.packing import packed
from tests.fuzz.seeds import seed
from tests.hostile import RECIPES
from tests.support.office import soffice

MOST_CLEAN = 18
"""Of the variants; the others are refused or told."""


def test_there_are_many_variants() -> None:
    assert len(VARIANTS) >= 90
    honest = packed(dict(original()))
    assert all(make() != honest for make in VARIANTS.values())


def test_a_clean_variant_is_read_alike_by_all() -> None:
    """Seven seconds: a hundred files, each judged and read three times."""
    outcomes = {name: compared(make()) for name, make in VARIANTS.items()}
    assert {name: one.differs for name, one in outcomes.items() if one.answer == "clean" and one.differs} == {}
    assert sum(one.answer == "clean" for one in outcomes.values()) <= MOST_CLEAN


def test_the_readers_see_the_difference_in_what_is_refused() -> None:
    """The comparison can fail: some of what is refused shows one value to one reader and another to the next."""
    shown = {}
    for name, make in VARIANTS.items():
        data = make()
        try:
            shown[name] = list(differences(by_openpyxl(data), by_calamine(data)))
        except Exception:
            continue
    differing = {name for name, lines in shown.items() if lines}
    assert {"cell: character data", "cell: the true value by its number"} <= differing
    assert len(differing) >= 10
    assert any(OTHER in line for lines in shown.values() for line in lines)


@pytest.mark.libreoffice
def test_libreoffice_reads_the_clean_variants_alike() -> None:
    """Computed cells apart, which it has computed anew. A few seconds: it is started once for all of them."""
    soffice()
    clean = {name: data for name, make in VARIANTS.items() if compared(data := make()).answer == "clean"}
    found = by_libreoffice(list(clean.values()))
    differing = {
        name: lines
        for (name, data), theirs in zip(clean.items(), found, strict=True)
        if theirs is not None and (lines := list(differences(by_xlsxeval(data), theirs, computed=False)))
    }
    assert differing == {}
    assert sum(theirs is not None for theirs in found) >= len(found) - 3


def test_every_reader_agrees_on_the_honest_return() -> None:
    outcome = compared(seed().data)
    assert (outcome.answer, outcome.differs, outcome.unread) == ("clean", {}, ())


@pytest.mark.parametrize(
    "recipe", [one for one in RECIPES if one.outcome == "accepted" and not one.heavy], ids=lambda one: one.name
)
def test_an_odd_file_that_is_accepted_is_read_alike(recipe) -> None:  # type: ignore[no-untyped-def]
    data = recipe.make()
    ours = by_xlsxeval(data)
    for read in (by_openpyxl, by_calamine):
        try:
            theirs = read(data)
        except Exception:
            continue
        assert ours == pytest.approx(theirs) if ours.keys() == theirs.keys() else not theirs
