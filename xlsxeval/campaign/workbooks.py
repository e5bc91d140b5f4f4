"""Workbooks of a campaign: units chosen, laid out, generated; and the context in which returned ones are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.campaign.clock import Clock
from xlsxeval.campaign.digests import generator_digest
from xlsxeval.campaign.sent_forms import SentForm, SentFormStore
from xlsxeval.campaign.source import load_source
from xlsxeval.errors import DefinitionError, Problem, UsageError
from xlsxeval.forms.campaign import Campaign, Unit
from xlsxeval.forms.definition import Edition
from xlsxeval.forms.keys import Keys, find_keys
from xlsxeval.forms.library import Library
from xlsxeval.forms.seal import Seal, make_seal
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.intake.identity import Context
from xlsxeval.layout.layout import Layout
from xlsxeval.layout.placing import build_layout
from xlsxeval.layout.shaping import Shapes

if TYPE_CHECKING:
    from xlsxeval.campaign.last_year_index import Index


def chosen_units(campaign: Campaign, codes: tuple[str, ...]) -> list[Unit]:
    """The units with these codes, or all where none is named. Raises UsageError for an unknown code."""
    if not codes:
        return list(campaign.units)
    units = []
    for code in codes:
        unit = campaign.unit(code)
        if unit is None:
            known = [unit.code for unit in campaign.units]
            raise UsageError(f"任务「{campaign.id}」里没有单位「{code}」{suggestion(code, known)}")
        units.append(unit)
    return units


def layouts(campaign: Campaign, units: list[Unit], edition: Edition) -> list[Layout]:
    """The layouts of several units. Raises DefinitionError with the faults of all of them."""
    done: list[Layout] = []
    problems: list[Problem] = []
    shapes = Shapes()
    for unit in units:
        try:
            done.append(build_layout(campaign, unit, edition, shapes=shapes))
        except DefinitionError as error:
            problems += error.problems
    if problems:
        raise DefinitionError(list(dict.fromkeys(problems)))
    return done


def generate(layout: Layout, keys: Keys, form: str | None) -> bytes:
    """The workbook of a unit or of a part of it, sealed with the campaign's key; ``form`` is the digest of its kept form."""
    from xlsxeval.workbook import workbook_bytes  # XlsxWriter only where a workbook is written

    return workbook_bytes(layout, seal_of(layout, keys.key, form), keys.password)


def seal_of(layout: Layout, key: bytes, form: str | None) -> Seal:
    """The seal of a workbook that is written from a layout."""
    return make_seal(layout.campaign, layout.unit, layout.edition, key, layout.part, form)


def sent_form(layout: Layout, key: bytes, form: str | None, workbook: str, *, other: bool = False) -> SentForm:
    """The record of a workbook that is made from a layout; ``workbook`` is its SHA-256."""
    subject = seal_of(layout, key, None).subject_digest
    return SentForm(workbook, layout.unit.code, layout.part, subject, form, generator_digest(), other)


def context_for(
    campaign_path: Path | None,
    templates: Library,
    index: Index | None = None,
    *,
    clock: Clock | None = None,
    address: str | None = None,
    loaded: Campaign | None = None,
) -> Context:
    """Context in which returned files are read: with a campaign also its key, where it was made on this machine.

    ``index`` is that of last year's campaign, where it was made before; otherwise ``clock`` and the ledger's
    ``address`` serve to make it. ``loaded`` is the campaign where it was read already.
    """
    if campaign_path is None:
        return Context(templates)
    campaign = loaded or load_source(campaign_path, templates)[0]
    assert campaign.directory is not None
    keys = find_keys(campaign.directory)
    context = Context(templates, campaign, keys.key if keys else None, sent=SentFormStore(campaign.directory))
    if campaign.last_year is None:
        return context
    from xlsxeval.campaign.last_year import LastYear  # with the rules only where last year is asked for

    return replace(context, last_year=LastYear(campaign, templates, index, clock=clock, address=address))
