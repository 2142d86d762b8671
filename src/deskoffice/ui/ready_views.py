"""Views that are there from the first day, and what each view counts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from deskoffice.domain.matters import ListQuery, SortKey
from deskoffice.domain.values import Classification
from deskoffice.ui.chips import ChipState
from deskoffice.ui.circulation import incoming, outgoing
from deskoffice.ui.matter_list import ListSpec
from deskoffice.ui.supervision import tasks
from deskoffice.ui.views import SavedView

SPECS: Mapping[str, ListSpec] = {"incoming": incoming.LIST, "outgoing": outgoing.LIST, "supervision": tasks.LIST}
"""Lists whose views are counted."""


def ready(today: date) -> tuple[SavedView, ...]:
    """What an office asks for every day."""
    by_due = ChipState("open", sort=SortKey.DUE, descending=False)
    return (
        SavedView("今日应办收文", "incoming", ChipState("today", sort=SortKey.DUE, descending=False)),
        SavedView("本周到期收文", "incoming", ChipState("week", sort=SortKey.DUE, descending=False)),
        SavedView("超期收文", "incoming", ChipState("overdue", sort=SortKey.DUE, descending=False)),
        SavedView("在办收文按期限", "incoming", by_due),
        SavedView("在办秘密件", "incoming", ChipState("open", level=Classification.CONFIDENTIAL)),
        SavedView("在办机密件", "incoming", ChipState("open", level=Classification.SECRET)),
        SavedView("本年收文", "incoming", ChipState("all", year=today.year)),
        SavedView("在办发文", "outgoing", ChipState("open")),
        SavedView("本年发文", "outgoing", ChipState("all", year=today.year)),
        SavedView("超期督办", "supervision", ChipState("overdue", sort=SortKey.DUE, descending=False)),
    )


def counted(view: SavedView, today: date) -> ListQuery | None:
    """What the number beside a view counts; None for a list that has no such scope."""
    spec = SPECS.get(view.area)
    scope = next((one for one in spec.scopes if one.key == view.state.scope), None) if spec else None
    if spec is None or scope is None:
        return None
    state = view.state
    return scope.narrow(replace(spec.query, level=state.level, unit=state.unit, year=state.year), today)
