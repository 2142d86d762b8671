"""解密: papers whose secrecy period is over, taken out of secrecy in bulk by two who are both present."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from deskoffice.domain.access import JointAct, may_begin
from deskoffice.domain.errors import NotAllowed, RuleError
from deskoffice.domain.matters import Changes, MatterRow
from deskoffice.domain.values import Classification
from deskoffice.storage import declassifying as store
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import joint, matters, sharing
from deskoffice.usecases.joint import Second
from deskoffice.usecases.office import Act, Office


@dataclass(frozen=True, slots=True)
class OverRow:
    """A paper and the day on which its period was over."""

    matter: MatterRow
    over_on: date


def over(office: Office) -> tuple[OverRow, ...]:
    """Those that this account may know, the longest over first."""
    if not may_begin(JointAct.DECLASSIFY, office.actor.roles):
        raise NotAllowed("role_missing")
    with office.read() as session:
        found = store.over(session, office.actor, office.today())
        rows = matters.rows(office, session, [record for record, _ in found])
    return tuple(OverRow(row, day) for row, (_, day) in zip(rows, found, strict=True))


def declassify(office: Office, matter_ids: Collection[int], second: Second) -> Changes:
    """Make them internal papers; who may read them stays as it was, since publishing asks for a review of its own.

    RuleError `secrecy_runs` if the period of one is not over, and none is changed then.
    """
    wanted = frozenset(matter_ids)
    if not wanted:
        raise RuleError("declassify_nothing")
    present = joint.prove(office, JointAct.DECLASSIFY, second, subject=",".join(map(str, sorted(wanted))))
    with office.act() as act:
        found = {record.id: record for record, _ in store.over(act.session, act.actor, act.today)}
        if not wanted <= found.keys():
            raise RuleError("secrecy_runs")
        for matter_id in sorted(wanted):
            _lift(act, found[matter_id], present.account_id)
        present.record(act, "access.papers.declassified", papers=len(wanted))
        return act.changes()


def _lift(act: Act, matter: MatterRecord, second: int) -> None:
    was, sealed = matter.level, matter.title_content_id
    title = matters.rows(act.office, act.session, [matter])[0].title
    matter.level, matter.secrecy_years = int(Classification.INTERNAL), None
    # A title that this account cannot open stays sealed to those who can.
    if sealed is not None and title:
        sharing.set_title(act, matter, title, sharing.audience(act.session, matter))
        act.session.flush()
        act.office.vault.contents.delete(act.session, sealed)
    act.record("matter.declassified", matter, was=was, second=second)
