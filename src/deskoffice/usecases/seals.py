"""What the office does when a seal is to be used (用印): no imprint without a signature that was seen."""

from deskoffice.domain import seal_inventory as inventory_rules
from deskoffice.domain import seals as rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import (
    Action,
    Changes,
    ContentRole,
    LinkKind,
    MatterKind,
    MatterRow,
    Outcome,
    State,
    StepKind,
)
from deskoffice.domain.people import BUSINESS, PersonRow, Role, check_clearance, check_three_apart
from deskoffice.domain.seal_inventory import SealRow
from deskoffice.domain.seals import PaperKind, SealUseDraft, Stamping
from deskoffice.domain.values import Classification
from deskoffice.storage import people, seals
from deskoffice.storage import seal_inventory as seal_store
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.usecases import (
    approving,
    attachments,
    entering,
    matters,
    seal_inventory,
    seen_paper,
    settings,
    sharing,
    stepping,
)
from deskoffice.usecases.attachments import FileDraft, ReadFile
from deskoffice.usecases.entering import Entry
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said

SIGNED_STATES = frozenset({State.SIGNED, State.STAMPED, State.DISPATCHED})


def request(
    office: Office, draft: SealUseDraft, paper: FileDraft | None = None, *, approver_id: int | None = None
) -> Changes:
    """Ask for a seal on a paper that comes along, or once more on a signed document."""
    office.require(*BUSINESS)
    rules.check(draft, has_paper=paper is not None)
    check_clearance(office.actor.clearance, draft.level)
    file = None if paper is None else _read(paper)
    with office.act() as act:
        return request_in(act, draft, file, approver_id=approver_id)


def _read(paper: FileDraft) -> ReadFile:
    file = attachments.read(FileDraft(paper.name, paper.data, ContentRole.BODY))
    if seen_paper.is_blank(file):
        raise InvalidDraft({"paper": "paper_blank"})
    return file


def request_in(act: Act, draft: SealUseDraft, file: ReadFile | None, *, approver_id: int | None) -> Changes:
    """The transaction's part of `request`; `draft` is checked and `file` read."""
    seal = seal_inventory.one(act.session, draft.seal_id)
    inventory_rules.check_usable(seal)
    signed = None if draft.signed_id is None else _signed(act, draft.signed_id)
    matter = _enter(act, draft, signed)
    use = _record(draft, matter if signed is None else signed)
    use.matter_id = matter.id
    act.session.add(use)
    if file is not None:
        attachments.put(act, matter, file)
    if signed is not None:
        entering.link(act, signed, matter, LinkKind.SEALED_BY)
    stepping.done_at_once(act, matter, StepKind.REQUEST, Said(draft.subject))
    approving.ask(act, matter, approver_id)
    stepping.settle(act, matter, State.REQUESTED)
    act.record("seals.use.requested", matter, seal=seal.id, imprints=draft.imprints)
    again = seals.sealed_before(act.session, use.paper_matter_id, matter.id)
    return act.changes(matter.number, ("sealed_before",) if again else ())


def _signed(act: Act, matter_id: int) -> MatterRecord:
    signed = act.matter(matter_id)
    if signed.kind != MatterKind.OUTGOING or State(signed.state) not in SIGNED_STATES:
        raise RuleError("seal_not_signed")
    return signed


def _enter(act: Act, draft: SealUseDraft, signed: MatterRecord | None) -> MatterRecord:
    """The request is as secret as it says, and never less than the document that it is for."""
    level = draft.level if signed is None else max(draft.level, Classification(signed.level))
    check_clearance(act.actor.clearance, level)
    entry = Entry(
        kind=MatterKind.SEAL_USE,
        state=State.REQUESTED,
        title=draft.title,
        unit=draft.unit,
        level=level,
        secrecy_years=draft.secrecy_years if signed is None else signed.secrecy_years,
        document_number="" if signed is None else signed.document_number,
    )
    return entering.enter(act, entry)


def _record(draft: SealUseDraft, paper: MatterRecord) -> SealUseRecord:
    return SealUseRecord(
        seal_id=draft.seal_id,
        paper_kind=draft.paper_kind.value,
        paper_matter_id=paper.id,
        copies=draft.copies,
        imprints=draft.imprints,
        pages=draft.pages,
        is_straddling=draft.is_straddling,
        approved_digest="",
        stamped=0,
        spoiled=0,
    )


def open_for_signed(
    act: Act, signed: MatterRecord, *, copies: int, content_id: int, approver_person_id: int
) -> MatterRecord:
    """The signature on a document is the approval of its seal: a use that waits for the keeper at once."""
    row = matters.rows(act.office, act.session, [signed])[0]
    issuer = settings.settings_in(act.session).issuer_name
    seal = seal_inventory.of_issuer(seal_store.seals(act.session), issuer)
    drafter = stepping.standing(act.session, signed).created_by
    draft = _draft_for(row, copies)
    matter = _enter(act, draft, signed)
    use = _record(draft, signed)
    use.matter_id, use.seal_id = matter.id, None if seal is None else seal.id
    use.approved_content_id = content_id
    use.approved_digest = act.office.vault.contents.digest(act.session, content_id)
    act.session.add(use)
    entering.link(act, signed, matter, LinkKind.SEALED_BY)
    asked, approved = stepping.persons(act, [drafter])[0], stepping.persons(act, [approver_person_id])[0]
    _done_by(act, matter, StepKind.REQUEST, asked, Outcome.DONE)
    _done_by(act, matter, StepKind.APPROVAL, approved, Outcome.AGREED)
    _send_to_keeper(act, matter, signed, seal)
    act.record("seals.use.opened", matter, copies=copies, digest=use.approved_digest)
    return matter


def _draft_for(signed: MatterRow, copies: int) -> SealUseDraft:
    return SealUseDraft(
        seal_id=0,
        subject=signed.title,
        title=signed.title,
        unit=signed.unit,
        copies=copies,
        imprints=copies,
        paper_kind=PaperKind.OUTGOING,
        level=signed.level,
    )


def _done_by(act: Act, matter: MatterRecord, kind: StepKind, person: PersonRow, outcome: Outcome) -> None:
    stepping.finish(act, matter, stepping.send_to_person(act, matter, kind, person), Said(outcome=outcome))


def _send_to_keeper(act: Act, matter: MatterRecord, paper: MatterRecord, seal: SealRow | None) -> None:
    """Lay it before the keeper, who from now on may read the paper; before all keepers while no seal is chosen."""
    stepping.send_to_role(act, matter, StepKind.STAMP, Role.SEAL_KEEPER)
    level = Classification(matter.level)
    keepers = people.holders_of(act.session, [Role.SEAL_KEEPER], level)
    if seal is not None:
        rows = people.persons(act.session, act.today, [i for i in (seal.keeper_id, seal.deputy_id) if i is not None])
        keepers &= {row.account_id for row in rows if row.account_id is not None}
    sharing.add_readers(act, matter, keepers)
    sharing.add_readers(act, paper, keepers)
    stepping.settle(act, matter, State.APPROVED)


def approve(office: Office, matter_id: int, opinion: str = "") -> Changes:
    """批准: of the version that lies there now; a later one needs a new approval."""
    with office.act() as act:
        matter, use = _allowed(act, matter_id, Action.APPROVE)
        paper = act.session.get_one(MatterRecord, use.paper_matter_id)
        version = seen_paper.current(office, act.session, paper)
        use.approved_content_id, use.approved_digest = version.content_id, version.digest
        stepping.finish(act, matter, approving.waiting(act, matter), Said(opinion or "同意", Outcome.AGREED))
        seal = None if use.seal_id is None else seal_inventory.one(act.session, use.seal_id)
        _send_to_keeper(act, matter, paper, seal)
        act.record("seals.use.approved", matter, digest=version.digest)
        return act.changes()


def _allowed(act: Act, matter_id: int, action: Action) -> tuple[MatterRecord, SealUseRecord]:
    matter = act.matter(matter_id)
    stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), action)
    return matter, act.session.get_one(SealUseRecord, matter_id)


def refuse(office: Office, matter_id: int, reason: str) -> Changes:
    """不批准 by the leader, 不予用印 by the keeper: the refusal stays in the register with its reason."""
    if not reason.strip():
        raise InvalidDraft({"opinion": "required"})
    with office.act() as act:
        matter, use = _allowed(act, matter_id, Action.REFUSE)
        said = Said(reason, Outcome.REFUSED)
        by_keeper = State(matter.state) is State.APPROVED
        if by_keeper:
            _check_own_seal(act, use)
            stepping.finish(act, matter, stepping.own_step(act, matter, StepKind.STAMP), said)
        else:
            stepping.finish(act, matter, approving.waiting(act, matter), said)
        stepping.settle(act, matter, State.REFUSED)
        act.record("seals.use.refused", matter, by_keeper=by_keeper)
        return act.changes()


def _check_own_seal(act: Act, use: SealUseRecord) -> None:
    if use.seal_id is not None:
        inventory_rules.check_keeper(seal_inventory.one(act.session, use.seal_id), act.actor)


def stamp(office: Office, matter_id: int, stamping: Stamping) -> Changes:
    """用印: the keeper has seen the approved version, confirmed every line, and says how many imprints were made."""
    with office.act() as act:
        matter, use = _allowed(act, matter_id, Action.STAMP)
        paper = act.session.get_one(MatterRecord, use.paper_matter_id)
        seal = _seal(act, use, stamping)
        _check_people(act, matter)
        current = seen_paper.current(office, act.session, paper)
        rules.check_stamping(
            stamping, approved_digest=use.approved_digest, current_digest=current.digest, imprints=use.imprints
        )
        rules.check_confirmed(stamping.checks, is_straddling=use.is_straddling)
        use.seal_id = seal.id
        use.stamped, use.spoiled, use.stamped_at = stamping.stamped, stamping.spoiled, act.at
        stepping.finish(act, matter, stepping.own_step(act, matter, StepKind.STAMP), Said(stamping.note))
        stepping.settle(act, matter, State.CLOSED)
        counts = {"approved": use.imprints, "stamped": use.stamped, "spoiled": use.spoiled}
        act.record("seals.use.stamped", matter, seal=seal.id, digest=current.digest, **counts)
        if State(paper.state) is State.SIGNED:
            stepping.send_to_role(act, paper, StepKind.DISPATCH, Role.CONFIDENTIAL_CLERK)
            stepping.settle(act, paper, State.STAMPED)
            act.record("circulation.outgoing.stamped", paper, seal=seal.id)
        return act.changes()


def _seal(act: Act, use: SealUseRecord, stamping: Stamping) -> SealRow:
    seal_id = use.seal_id or stamping.seal_id
    if seal_id is None:
        raise RuleError("seal_needed")
    seal = seal_inventory.one(act.session, seal_id)
    inventory_rules.check_usable(seal)
    inventory_rules.check_keeper(seal, act.actor)
    return seal


def _check_people(act: Act, matter: MatterRecord) -> None:
    done = stepping.standing(act.session, matter).done_by
    for requester in done[StepKind.REQUEST]:
        for approver in done[StepKind.APPROVAL]:
            check_three_apart(requester=requester, approver=approver, keeper=act.actor.person_id)
