"""Makes ``samples/*/submitted/*.xlsx`` and ``expected.json`` again: generated, filled, then opened, recalculated and
saved by LibreOffice, as a unit's office program would.

    python tools/make_samples.py                        # workbooks of every sample
    python tools/make_samples.py yiyang-2022            # of one
    python tools/make_samples.py yiyang-2022 --expected # also writes expected.json: read the difference before you commit it

``careful.xlsx`` has what a careful unit sends; ``as-printed.xlsx`` has the figures printed in the published report
typed over the formulas.
"""

from __future__ import annotations

import argparse
import json
import secrets
import sys
from pathlib import Path

from xlsxeval.forms.campaign import load_campaign
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import open_returned
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.values_file import load_values
from xlsxeval.rules.engine import judge
from xlsxeval.workbook import fill_workbook, workbook_bytes

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.office import resave  # noqa: E402


def make(sample: Path) -> None:
    """The two submissions of one sample."""
    layout, blank = _blank(sample)
    typed = load_values(sample / "values" / "careful.yaml", layout)
    printed = load_values(sample / "values" / "as-printed.yaml", layout, locked=True)
    for name, values in (("careful", typed), ("as-printed", {**typed, **printed})):
        content = fill_workbook(blank, layout, values, layout.compute(values))
        (sample / "submitted").mkdir(exist_ok=True)
        (sample / "submitted" / f"{name}.xlsx").write_bytes(resave(content))
        print(sample.name, name)


def _blank(sample: Path) -> tuple[Layout, bytes]:
    library = Library(ROOT / "templates")
    campaign, edition = load_campaign(sample, library)
    unit = campaign.units[0]
    layout = build_layout(campaign, unit, edition)
    # The sample's seal is signed with a key that nobody keeps, as another office's would be.
    seal = make_seal(campaign, unit, edition, secrets.token_bytes(32))
    return layout, workbook_bytes(layout, seal, secrets.token_hex(7))


def expected(sample: Path) -> dict[str, list[str]]:
    """Code and place of everything found in each submission of a sample."""
    context = Context(Library(ROOT / "templates"))
    found = {}
    for path in sorted((sample / "submitted").glob("*.xlsx")):
        verdict = judge(open_returned(path, context, Layouts()))
        found[path.name] = [f"{f.code} {f.place.sheet}!{f.place.cell}" for f in verdict.findings]
    return found


def main(arguments: list[str]) -> None:
    """Makes the samples that are named, or all."""
    known = sorted(path.parent.name for path in (ROOT / "samples").glob("*/campaign.yaml"))
    parser = argparse.ArgumentParser(description="Makes the submissions of the samples again.")
    parser.add_argument("samples", nargs="*", metavar="SAMPLE", help=f"which: {', '.join(known)} (all)")
    parser.add_argument("--expected", action="store_true", help="also write expected.json")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.samples) - set(known))
    if unknown:
        parser.error(f"no such sample: {', '.join(unknown)}; there are {', '.join(known)}")
    for name in options.samples or known:
        folder = ROOT / "samples" / name
        make(folder)
        if options.expected:
            text = json.dumps(expected(folder), ensure_ascii=False, indent=2)
            (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
