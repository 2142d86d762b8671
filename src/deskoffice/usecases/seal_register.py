"""What lies before the keeper, and what stands in the 用印登记簿."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from deskoffice.domain import seals as rules
from deskoffice.domain.matters import Action, ContentRole, Outcome, StepKind, StepRow
from deskoffice.domain.seal_inventory import SealState
from deskoffice.domain.seals import PaperKind, RegisterRow, StampingSheet
from deskoffice.storage import seal_book, seals
from deskoffice.storage import seal_inventory as seal_store
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.seal_book import SealEntryRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.usecases import matters, seal_imprint, seen_paper, stepping
from deskoffice.usecases.office import CHINA, Act, Office


def stamping_sheet(office: Office, matter_id: int) -> StampingSheet:
    """The version to be seen and the checklist, for a use that waits for this keeper."""
    with office.act() as act:
        matter = act.matter(matter_id)
        stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), Action.STAMP)
        act.record_other("seals.use.looked_at", f"matter:{matter_id}")
        return _sheet(act, matter)


def _sheet(act: Act, matter: MatterRecord) -> StampingSheet:
    office, session = act.office, act.session
    use = session.get_one(SealUseRecord, matter.id)
    version = seen_paper.current(office, session, session.get_one(MatterRecord, use.paper_matter_id))
    names = office.vault.contents.texts(session, [version.record.name_content_id])
    steps = matters.step_rows(office, session, matter.id)
    approval = _last(steps, StepKind.APPROVAL)
    every = seal_store.seals(session)
    seal = next((seal for seal in every if seal.id == use.seal_id), None)
    content = office.vault.contents.open(session, version.content_id)
    return StampingSheet(
        row=matters.rows(office, session, [matter])[0],
        seal=seal,
        seals=tuple(s for s in every if s.state is SealState.IN_USE and s.is_kept_by(office.actor.person_id)),
        paper_matter_id=use.paper_matter_id,
        content_id=version.content_id,
        digest=version.digest,
        is_unchanged=version.digest == use.approved_digest,
        paper_name=names.get(version.record.name_content_id, ""),
        media_type=version.record.media_type,
        copies=use.copies,
        imprints=use.imprints,
        requester=_who(steps, StepKind.REQUEST),
        approver=approval.person if approval else "",
        approved_at=(approval.done_at if approval else None) or matter.created_at,
        checks=rules.checklist(is_straddling=use.is_straddling),
        file=seal_imprint.fate(act, seal, content),
        attached=tuple(
            one.name
            for one in matters.content_rows(office, session, use.paper_matter_id)
            if one.role is ContentRole.ATTACHMENT
        ),
    )


def _last(steps: Sequence[StepRow], kind: StepKind) -> StepRow | None:
    done = [step for step in steps if step.kind is kind and step.done_at is not None]
    return done[-1] if done else None


def _who(steps: Sequence[StepRow], kind: StepKind) -> str:
    step = _last(steps, kind)
    return "" if step is None or step.outcome is Outcome.WITHDRAWN else step.person


def register_rows(office: Office, seal_id: int | None, year: int | None) -> tuple[RegisterRow, ...]:
    """The register of a year or of all years, of one seal or of all, refusals among the rest."""
    with office.read() as session:
        found = seals.register(session, office.actor, seal_id=seal_id, year=year)
        names = {seal.id: seal.name for seal in seal_store.seals(session)}
        entries = {entry.matter_id: entry for entry in seal_book.entries(session)}
        return tuple(
            _row(office, session, matter, use, (names.get(use.seal_id or 0, ""), entries.get(matter.id)))
            for matter, use in found
        )


def _row(
    office: Office,
    session: Session,
    matter: MatterRecord,
    use: SealUseRecord,
    known: tuple[str, SealEntryRecord | None],
) -> RegisterRow:
    seal, entry = known
    steps = matters.step_rows(office, session, matter.id)
    request, refused = _last(steps, StepKind.REQUEST), [step for step in steps if step.outcome is Outcome.REFUSED]
    ended = refused[-1] if refused else _last(steps, StepKind.STAMP)
    row = matters.rows(office, session, [matter])[0]
    return RegisterRow(
        matter=row,
        seal=seal,
        subject=(request.opinion if request else None) or row.title,
        paper_kind=PaperKind(use.paper_kind),
        copies=use.copies,
        imprints=use.imprints,
        stamped=use.stamped,
        spoiled=use.spoiled,
        requester=_who(steps, StepKind.REQUEST),
        approver=_who(steps, StepKind.APPROVAL),
        keeper=_who(steps, StepKind.STAMP),
        stamped_at=use.stamped_at.astimezone(CHINA) if use.stamped_at else None,
        note=(ended.opinion if ended else None) or "",
        serial=entry.serial if entry else 0,
        chain=entry.digest if entry else "",
        file_digest=entry.file_digest if entry else "",
        entered_at=entry.at.astimezone(CHINA) if entry else None,
    )
