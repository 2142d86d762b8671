"""What the practice office keeps of its year: ceilings, errors, verdicts, a loan, an evening count, kept numbers."""

from dataclasses import replace
from datetime import timedelta

from deskoffice.domain.copies import CopyOrigin, CopyPlace, LoanDraft
from deskoffice.domain.matters import ListQuery, MatterKind, SortKey, State
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.quality import ErrorDraft, ErrorKind, Verdict
from deskoffice.domain.values import Classification
from deskoffice.storage import people as people_store
from deskoffice.usecases import copies, copy_batches, copy_requests, matters, numbering, quality, volume
from deskoffice.usecases.copies import CopyOut
from deskoffice.usecases.copy_batches import Ending
from deskoffice.usecases.office import Office

LAST_YEAR = (3, 2, 5, 4, 6, 5, 3, 4, 5, 6, 4, 3)
SAID = ((Verdict.PLEASED, "思路清楚，文字精炼。"), (Verdict.PLEASED, ""), (Verdict.FAIR, "数据再核一遍。"))
COUNTED = 12
LOOKED_THROUGH = 300
"""Copies of minutes, which are not classified, come before the others."""


def write(office: Office) -> None:
    """Everything, as the people whose work it is."""
    clerk, secretary = _as(office, Role.CONFIDENTIAL_CLERK), _as(office, Role.SECRETARIAT)
    _numbers(clerk)
    _quality(secretary)
    kept = [
        one
        for one in copies.out(clerk, 0, LOOKED_THROUGH, CopyPlace.KEPT).rows
        if one.matter.level >= Classification.CONFIDENTIAL
    ][:COUNTED]
    if kept:
        _copies(clerk, secretary, kept)


def _as(office: Office, role: Role) -> Office:
    with office.read() as session:
        row = next(one for one in people_store.accounts(session) if role in one.roles)
        person = people_store.persons(session, office.today(), [row.person_id])[0]
    actor = Actor(row.id, row.login, person.id, row.name, person.post, person.unit, row.roles, row.clearance)
    return replace(office, actor=actor)


def _numbers(clerk: Office) -> None:
    year = clerk.today().year
    series = numbering.series_of(clerk)
    first = series[0][0]
    volume.type_baseline(clerk, first, year - 1, LAST_YEAR)
    volume.plan(clerk, year, {first: 60})
    reserved = numbering.reserve(clerk, first, year, count=3, reason="县“两会”文件")
    numbering.void(clerk, first, year, serial=reserved[0], reason="会议改期，号码作废不用")


def _quality(secretary: Office) -> None:
    today = secretary.today()
    quality.enter(
        secretary,
        ErrorDraft(
            ErrorKind.FORMAT, today - timedelta(days=9), "陈晨", "版记抄送机关顺序不对，印前发现，已改。", "赵明"
        ),
    )
    query = ListQuery(
        frozenset({MatterKind.OUTGOING}), states=frozenset({State.CLOSED, State.DISPATCHED}), sort=SortKey.NUMBER
    )
    for row, (verdict, note) in zip(matters.list_page(secretary, query, 0, len(SAID)).rows, SAID, strict=False):
        quality.give_verdict(secretary, row.id, "张伟", verdict, on=today - timedelta(days=2), note=note)


def _copies(clerk: Office, secretary: Office, kept: list[CopyOut]) -> None:
    today = clerk.today()
    lent = kept[0].copy.id
    copies.lend(clerk, lent, LoanDraft(secretary.actor.person_id, today, "起草贯彻意见参考", "李强"))
    copy_requests.ask(secretary, kept[-1].copy.id, CopyOrigin.REPRODUCED, count=2, purpose="常务会议讨论用，会后收回")
    batch = copy_batches.begin_count(clerk)
    for one in kept[1:]:
        copy_batches.scan(clerk, batch, f"{one.copy.copy_number} {one.matter.document_number}")
    copy_batches.finish(clerk, batch, Ending(""))
