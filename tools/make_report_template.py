"""Makes the Word templates in templates/reports in the page format of GB/T 9704-2012.

Run once, then edit the results in Word; run again only to begin anew. The results are the same byte for byte.

    python tools/make_report_template.py [NAME...]

NAME is hunan-2024, notice, …; without one all are made.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from report_templates import (
    chenxi_2024,
    consolidated,
    hunan_2024,
    liuyang_2020,
    mof_2020,
    notice,
    yiyang_2022,
    yueyang_2023,
)
from report_templates.page import new_document

from xlsxeval.report.package import document_bytes

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "reports"
TEMPLATES: dict[str, Any] = {
    "chenxi-2024": chenxi_2024,
    "consolidated": consolidated,
    "hunan-2024": hunan_2024,
    "liuyang-2020": liuyang_2020,
    "mof-2020": mof_2020,
    "notice": notice,
    "yiyang-2022": yiyang_2022,
    "yueyang-2023": yueyang_2023,
}


def template_bytes(name: str) -> bytes:
    """The template of that name as a docx."""
    made = TEMPLATES[name]
    document = new_document()
    made.build(document)
    properties = document.core_properties
    properties.title = made.TITLE
    properties.author = made.AUTHOR
    properties.subject = "{{ edition.title }}"
    properties.keywords = "绩效自评；{{ year }}年度；{{ unit.code }}"
    properties.category = "{{ edition.id }}"
    properties.comments = ""
    properties.last_modified_by = ""
    properties.language = "zh-CN"
    return document_bytes(document)


def main(names: Sequence[str]) -> None:
    """Writes the templates of these names, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or TEMPLATES:
        (FOLDER / f"{name}.docx").write_bytes(template_bytes(name))


if __name__ == "__main__":
    main(sys.argv[1:])
