"""The board as one page of HTML that needs nothing else: to sort, to filter, to open a unit; for telephone and printer.

As in the page of a check, texts of units can never become markup, and no script runs but the page's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xlsxeval import __version__
from xlsxeval.board import charts, lower
from xlsxeval.board import words as said
from xlsxeval.board.state import BoardLine, CampaignState, UnitStatus
from xlsxeval.board.steps import StepWording, next_steps
from xlsxeval.model import Finding, Severity
from xlsxeval.output import words
from xlsxeval.output.characters import for_xml
from xlsxeval.output.groups import most_of_each, sections
from xlsxeval.output.pages import content_hash, page_source, page_template
from xlsxeval.rules.catalogue import RulePage

_TEMPLATE = "board.html.j2"
_STYLES, _SCRIPT = ("look.css", "check.css", "board.css"), "board.js"


def board_html(state: CampaignState, folder: Path, wording: StepWording, pages: Mapping[str, RulePage]) -> str:
    """The page. ``folder`` holds the templates, ``pages`` the titles of rules; ``wording`` says what to do next."""
    style = "\n".join(page_source(folder, name) for name in _STYLES)
    script = page_source(folder, _SCRIPT)
    most = most_of_each(len(unit.items) for unit in state.units)
    page = page_template(folder, _TEMPLATE).render(
        version=__version__,
        style=style,
        script=script,
        style_hash=content_hash(style),
        script_hash=content_hash(script),
        state=state,
        statuses=list(UnitStatus),
        done_first=list(reversed(UnitStatus)),
        severities=list(Severity),
        error=Severity.ERROR,
        warning=Severity.WARNING,
        late=sum(unit.days_late > 0 for unit in state.units),
        came=sum(unit.came for unit in state.units),
        scores=charts.scores(state),
        total=lambda severity: charts.total(state, severity),
        steps=list(map(wording, next_steps(state))),
        said=said,
        lower=lower,
        words=words,
        sheets_of=lambda unit: sections([item.finding for item in unit.items], most, words.WHOLE_FILE),
        title_of=lambda code: pages[code].title if code in pages else "",
        why={code: known.why for code, known in pages.items()},
        tokens=_tokens,
        searched=_searched,
    )
    return for_xml(page)


def _searched(unit: BoardLine) -> str:
    """The texts in which the filter looks beside those of the unit's own line."""
    return " ".join(file.name for slot in unit.slots for file in (slot.current, *slot.conflict) if file)


def _tokens(finding: Finding) -> str:
    return "counted" if finding.waived is None else "waived"
