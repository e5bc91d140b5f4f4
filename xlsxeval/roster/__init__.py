"""名册.xlsx: the campaign in Excel, for those who do not write YAML. Written from an edition, read back as a Campaign."""

from typing import TYPE_CHECKING

from xlsxeval.late_names import late_names

if TYPE_CHECKING:
    from xlsxeval.roster.campaign_lines import CampaignLines
    from xlsxeval.roster.plan import make_plan
    from xlsxeval.roster.reader import is_untouched, load_roster, roster_places
    from xlsxeval.roster.skeleton import is_skeleton, skeleton_text
    from xlsxeval.roster.writer import roster_bytes

FILE_NAME = "名册.xlsx"

__all__ = [
    "FILE_NAME",
    "CampaignLines",
    "is_skeleton",
    "is_untouched",
    "load_roster",
    "make_plan",
    "roster_bytes",
    "roster_places",
    "skeleton_text",
]

__getattr__ = late_names(
    __name__,
    campaign_lines=("CampaignLines",),
    plan=("make_plan",),
    reader=("is_untouched", "load_roster", "roster_places"),
    skeleton=("is_skeleton", "skeleton_text"),
    writer=("roster_bytes",),
)
