"""The table of routes: address, method, view. A GET changes nothing; nothing outside this table is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from xlsxeval.web.pages import View
from xlsxeval.web.views import campaigns, forms, home, results, returns, reviews, roster, sending, settings


@dataclass(frozen=True, slots=True)
class Route:
    """An address of the desk. ``name`` is how pages name it."""

    method: str
    address: str
    name: str
    view: View


ROUTES: Final = (
    Route("GET", "/", "home", home.home),
    Route("POST", "/look", "look", home.look),
    Route("GET", "/look/<number>", "looked", home.looked),
    Route("GET", "/new", "new", campaigns.new),
    Route("POST", "/new", "make", campaigns.make),
    Route("GET", "/forms", "forms", forms.forms),
    Route("POST", "/forms", "draft_forms", forms.begin),
    Route("GET", "/forms/<draft>", "drafted", forms.drafted),
    Route("POST", "/forms/<draft>/answers", "answer_forms", forms.answer),
    Route("POST", "/forms/<draft>/make", "make_from_forms", forms.make),
    Route("GET", "/editions/<name>", "edition", campaigns.edition),
    Route("GET", "/browse", "browse", campaigns.browse),
    Route("GET", "/browse/<key>", "browse_in", campaigns.browse),
    Route("POST", "/open", "open_folder", campaigns.open_folder),
    Route("POST", "/forget", "forget", campaigns.forget),
    Route("POST", "/restore", "restore", campaigns.restore),
    Route("POST", "/name", "rename", home.rename),
    Route("GET", "/tasks/<number>", "task", home.task),
    Route("GET", "/tasks/<number>.json", "task_data", home.task_data),
    Route("GET", "/alive", "alive", home.alive),
    Route("GET", "/help", "help", home.guide),
    Route("GET", "/about", "about", home.about),
    Route("POST", "/quit", "quit", home.quit_desk),
    Route("GET", "/c/<key>/", "roster", roster.roster),
    Route("GET", "/c/<key>/roster.xlsx", "roster_file", roster.roster_file),
    Route("POST", "/c/<key>/roster", "take_roster", roster.take_roster),
    Route("GET", "/c/<key>/settings", "settings", settings.settings),
    Route("POST", "/c/<key>/settings", "set_deadline", settings.set_deadline),
    Route("POST", "/c/<key>/settings/rule", "set_severity", settings.set_severity),
    Route("POST", "/c/<key>/settings/limits", "set_limits", settings.set_limits),
    Route("GET", "/c/<key>/form/<code>", "form", roster.form),
    Route("POST", "/c/<key>/show", "show", campaigns.show),
    Route("POST", "/c/<key>/unlock", "unlock", campaigns.unlock),
    Route("GET", "/c/<key>/sending", "sending", sending.sending),
    Route("POST", "/c/<key>/sending", "send", sending.send),
    Route("GET", "/c/<key>/sent.zip", "sent_archive", sending.sent_archive),
    Route("GET", "/c/<key>/returns", "returns", returns.returns),
    Route("POST", "/c/<key>/returns", "take", returns.take),
    Route("GET", "/c/<key>/compare/<code>/<digest>", "compare", returns.compare),
    Route("POST", "/c/<key>/collect", "collect", returns.collect),
    Route("POST", "/c/<key>/choose", "choose", returns.choose),
    Route("POST", "/c/<key>/dismiss", "dismiss", returns.dismiss),
    Route("GET", "/c/<key>/reviews", "reviews", reviews.reviews),
    Route("GET", "/c/<key>/reviews/<code>", "review", reviews.review),
    Route("POST", "/c/<key>/reviews/<code>", "decide", reviews.decide),
    Route("POST", "/c/<key>/reviews/<code>/waive", "waive", reviews.waive),
    Route("POST", "/c/<key>/reviews/<code>/back", "send_back", reviews.send_back),
    Route("GET", "/c/<key>/reviews/<code>/<digest>.xlsx", "original", reviews.original),
    Route("GET", "/c/<key>/exceptions", "exceptions", reviews.exceptions),
    Route("POST", "/c/<key>/withdraw", "withdraw", reviews.withdraw),
    Route("GET", "/c/<key>/results", "results", results.results),
    Route("POST", "/c/<key>/results", "make_result", results.make),
    Route("POST", "/c/<key>/backup", "backup", results.backup),
    Route("GET", "/c/<key>/files/<number>", "result_file", results.result_file),
    Route("GET", "/c/<key>/history", "history", results.history),
)
