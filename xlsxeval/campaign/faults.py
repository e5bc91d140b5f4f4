"""Faults of editions and campaigns, with their places: found by laying everything out, before anything is sent."""

from __future__ import annotations

from collections.abc import Collection

from xlsxeval.campaign.last_year_index import last_campaign
from xlsxeval.campaign.source import places_of
from xlsxeval.campaign.workbooks import layouts
from xlsxeval.campaign.workspace import Workspace
from xlsxeval.errors import DefinitionError, Problem, UsageError, XlsxevalError
from xlsxeval.forms.library import Library
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.layout.lint import lint_edition
from xlsxeval.layout.shaping import Shapes


def edition_faults(name: str, library: Library) -> list[Problem]:
    """The faults of an edition, of its summary and of its report's template. Raises UsageError for an unknown one."""
    from xlsxeval.campaign.template_trial import trial_problems
    from xlsxeval.report import template_problems
    from xlsxeval.rollup.definition import summary_faults

    known = library.editions()
    if name not in known:
        raise UsageError(
            f"没有「{name}」这个版本，也没有这个文件夹（现有版本：{'、'.join(known)}）{suggestion(name, known)}"
        )
    shapes = Shapes()
    try:
        edition = library.edition(name)
        problems = [*lint_edition(edition, shapes), *summary_faults(library, edition)]
        if edition.report is not None and not problems:
            problems = template_problems(library.find(f"reports/{edition.report}"), edition)
        if not problems:
            problems = trial_problems(edition, library, shapes)
    except DefinitionError as error:
        problems = error.problems
    return list(dict.fromkeys(problems))


def require_ready(workspace: Workspace, codes: Collection[str]) -> None:
    """Raises DefinitionError where nothing is to be made of a campaign yet, or not of one of the units with these codes.

    What is wrong with the campaign as a whole is only reported once forms were sent: they bear its id.
    """
    under_way = bool(workspace.sent_forms.sent)
    found = [
        one.problem for one in workspace.campaign.unready if one.unit in codes or (one.unit is None and not under_way)
    ]
    if found:
        raise DefinitionError(found)


def campaign_faults(workspace: Workspace) -> list[Problem]:
    """The faults of a campaign that show only when its units are laid out, and what is wrong with what it gives them.

    A last year's campaign that cannot be used is reported but is no fault: its folder may be on another disk.
    """
    campaign = workspace.campaign
    if campaign.unready:
        return [one.problem for one in campaign.unready]
    try:
        laid_out = layouts(campaign, list(campaign.units), workspace.edition)
    except DefinitionError as error:
        return error.problems
    if campaign.last_year is not None:
        try:
            last_campaign(campaign, workspace.library)
        except XlsxevalError as error:
            workspace.listener.tell(f"注意：上年任务 {campaign.last_year} 用不上：{error}")
    from xlsxeval.campaign.plan_faults import plan_faults  # with the rules only where a campaign is proved

    return plan_faults(laid_out, places_of(workspace.path, workspace.library))
