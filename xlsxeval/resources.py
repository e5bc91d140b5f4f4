"""Where the templates are: named by the caller, beside the installed package, or one folder up in a checkout.

And which rules the program brings along.
"""

from __future__ import annotations

import os
from pathlib import Path

from xlsxeval.errors import UsageError

ENVIRONMENT = "XLSXEVAL_TEMPLATES"
OWN_FORMS = "表样"
"""The folder of a campaign that holds the forms that were made for it."""
_NEAR = 3
"""How many folders above a file its campaign may be: 任务/收回/某区/a.xlsx."""
OWN_MARK = "own-forms.yaml"
"""A templates folder with this file has a user's own forms only: what it has not is taken from the program's folder."""


def templates_directory(chosen: Path | None = None) -> Path:
    """The folder that holds ``editions/``, ``forms/``, ``checks/`` and ``reports/``.

    ``chosen`` (from ``--templates``) and the environment variable ``XLSXEVAL_TEMPLATES`` come first.
    Raises UsageError where no candidate has an ``editions`` folder.
    """
    if chosen is None and os.environ.get(ENVIRONMENT):
        chosen = Path(os.environ[ENVIRONMENT])
    return _locate("templates", "editions", chosen)


def campaign_templates(path: Path, chosen: Path | None = None) -> Path:
    """The templates of a campaign or of a file in it: those chosen, else the campaign's own forms, else the program's."""
    if chosen is None and not os.environ.get(ENVIRONMENT):
        for folder in (path, *path.absolute().parents[:_NEAR]):
            if (folder / OWN_FORMS / OWN_MARK).is_file():
                return folder / OWN_FORMS
    return templates_directory(chosen)


def template_folders(directory: Path) -> tuple[Path, ...]:
    """The folders in which a template is looked for, the nearest first."""
    if not (directory / OWN_MARK).is_file():
        return (directory,)
    return directory, _locate("templates", "checks", None)


def samples_directory() -> Path:
    """The folder of the sample campaigns (``zhuzhou-2024/campaign.yaml``)."""
    return _locate("samples", "zhuzhou-2024", None)


def page_templates(templates: Path) -> Path:
    """The folder of the HTML templates: ``html`` of these templates, or the program's own where they have none."""
    chosen = templates / "html"
    return (
        chosen
        if chosen.is_dir() and not (templates / OWN_MARK).is_file()
        else _locate("templates", "html", None) / "html"
    )


def audit_templates(templates: Path) -> Path:
    """The folder with what an audit needs: these templates, or the program's own where they have no ``audit``."""
    return templates if (templates / "audit").is_dir() else _locate("templates", "audit", None)


def rule_codes() -> frozenset[str]:
    """The codes of the rules that are written in Python, by the names of their files; no rule is loaded for that."""
    folder = Path(__file__).resolve().parent / "rules"
    return frozenset(path.stem for path in folder.glob("*/[A-Z][0-9][0-9][0-9].py"))


def _locate(name: str, landmark: str, chosen: Path | None) -> Path:
    package = Path(__file__).resolve().parent
    candidates = [chosen] if chosen else [package / name, package.parent / name]
    for candidate in candidates:
        if (candidate / landmark).is_dir():
            return candidate
    places = "、".join(str(candidate) for candidate in candidates)
    raise UsageError(
        f"找不到模板目录：在 {places} 里没有 {landmark} 文件夹。请用 --templates 指定，或重新安装 xlsxeval。"
    )
