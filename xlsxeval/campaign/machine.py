"""The state of this machine: packages, templates, LibreOffice, and the bounds for received files."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xlsxeval.campaign.bounds import limit_lines
from xlsxeval.campaign.components import Component, components
from xlsxeval.campaign.source import load_source
from xlsxeval.errors import XlsxevalError
from xlsxeval.forms.library import Library
from xlsxeval.office import REPORT_FONTS, free_font, missing_fonts, office_program

_EXTRAS = ("flask", "werkzeug", "waitress", "platformdirs", "segno", "psycopg")
_PACKAGES = ("click", "jinja2", "lxml", "pydantic", "python-docx", "pyyaml", "xlsxwriter")


@dataclass(frozen=True, slots=True)
class Equipment:
    """State of a machine. ``packages`` have their versions, None where one is not installed.

    ``fonts`` are those that reports name and this machine has not, each with its stand-in.
    ``templates_fault`` and ``bounds_fault`` say why templates or bounds cannot be used; empty where they can.
    """

    components: tuple[Component, ...]
    packages: tuple[tuple[str, str | None], ...]
    templates: Path | None
    editions: tuple[str, ...]
    templates_fault: str
    office: str | None
    fonts: Mapping[str, str]
    bounds: tuple[str, ...]
    bounds_fault: str
    extras: tuple[tuple[str, str | None], ...] = ()
    """Packages of the desk and the portal, with their versions."""

    @property
    def is_sound(self) -> bool:
        """Whether everything that the program needs is there."""
        installed = all(version is not None for _, version in self.packages)
        return installed and not self.templates_fault and not self.bounds_fault

    @staticmethod
    def free_font(name: str) -> str:
        """A free font with the look of a missing one, and its licence; empty where none is known."""
        return free_font(name)


def equipment(library: Library | XlsxevalError, campaign: Path | None) -> Equipment:
    """Examines this machine; the bounds are those of a campaign where one is named.

    ``library`` may be the error that prevented its loading.
    """
    editions: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    templates_fault = bounds_fault = ""
    try:
        if isinstance(library, XlsxevalError):
            raise library
        editions = tuple(library.editions())
        for name in editions:
            library.edition(name)
    except XlsxevalError as error:
        templates_fault = str(error)
    try:
        if campaign is not None and isinstance(library, XlsxevalError):
            raise library
        asked = None if campaign is None or isinstance(library, XlsxevalError) else load_source(campaign, library)[0]
        bounds = tuple(limit_lines(asked))
    except XlsxevalError as error:
        bounds_fault = str(error)
    return Equipment(
        components=components(),
        packages=tuple((name, _version(name)) for name in _PACKAGES),
        templates=None if isinstance(library, XlsxevalError) else library.directory,
        editions=editions,
        templates_fault=templates_fault,
        office=office_program(),
        fonts=missing_fonts(REPORT_FONTS),
        bounds=bounds,
        bounds_fault=bounds_fault,
        extras=tuple((name, _version(name)) for name in _EXTRAS),
    )


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
