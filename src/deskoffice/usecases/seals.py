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
from deskoffice.domain.seals import EntryEvent, PaperKind, SealUseDraft, Stamping
from deskoffice.domain.values import Classification
from deskoffice.storage import people, seals
from deskoffice.storage import seal_book as book_store
from deskoffice.storage import seal_custody as custody_store
from deskoffice.storage import seal_inventory as seal_store
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.usecases import (
    approving,
    attachments,
    entering,
    matters,
    seal_book,
    seal_imprint,
    seal_inventory,
    seen_paper,
    settings,
    sharing,
    stepping,
)
from deskoffice.usecases.attachments import FileDraft, ReadFile
from deskoffice.usecases.entering import Entry
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.seal_imprint import Imprint
from deskoffice.usecases.stepping import Said
from deskoffice.usecases.words import word
from deskoffice.vault.contents import Content

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
    if seen_paper.blank_pages(file.media_type, paper.data, file.text):
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
    _ask(act, matter, seal, use, approver_id)
    stepping.settle(act, matter, State.REQUESTED)
    act.record("seals.use.requested", matter, seal=seal.id, imprints=draft.imprints)
    again = seals.sealed_before(act.session, use.paper_matter_id, matter.id)
    return act.changes(matter.number, ("sealed_before",) if again else ())


def _ask(act: Act, matter: MatterRecord, seal: SealRow, use: SealUseRecord, approver_id: int | None) -> None:
    """Before whoever approves such a use, by kind of seal and of paper; all of them may read what it is for."""
    role = rules.approver(book_store.rules(act.session), seal.kind, PaperKind(use.paper_kind))
    level = Classification(matter.level)
    approvers = people.holders_of(act.session, [role], level)
    if approver_id is None:
        stepping.send_to_role(act, matter, StepKind.APPROVAL, role)
        sharing.add_readers(act, matter, approvers)
        sharing.add_readers(act, act.session.get_one(MatterRecord, use.paper_matter_id), approvers)
        return
    chosen = stepping.persons(act, [approver_id])[0]
    if role is Role.SIGNATORY and chosen.account_id not in approvers:
        raise RuleError("seal_approver_too_low", name=chosen.name)
    approving.ask(act, matter, approver_id)


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
    act: Act, signed: MatterRecord, *, copies: int, content_id: int, approver_person_id: int, note: str = ""
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
    # What is asked for once more is what was signed, not what has been attached since.
    before = seals.approved_before(act.session, signed.id, content_id)
    use.approved_digest = before or seen_paper.current(act.office, act.session, signed).digest
    act.session.add(use)
    entering.link(act, signed, matter, LinkKind.SEALED_BY)
    asked, approved = stepping.persons(act, [drafter])[0], stepping.persons(act, [approver_person_id])[0]
    _done_by(act, matter, StepKind.REQUEST, asked, Outcome.DONE)
    _done_by(act, matter, StepKind.APPROVAL, approved, Outcome.AGREED)
    _send_to_keeper(act, matter, signed, seal, note=note)
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
    step = stepping.finish(act, matter, stepping.send_to_person(act, matter, kind, person), Said(outcome=outcome))
    # It follows from the signature: nobody acted in another's place.
    step.deputy = ""


def _send_to_keeper(
    act: Act, matter: MatterRecord, paper: MatterRecord, seal: SealRow | None, *, note: str = ""
) -> None:
    """Lay it before those who keep the seal, who from now on may read the paper; before all while none is chosen."""
    level = Classification(matter.level)
    cleared = people.holders_of(act.session, [Role.SEAL_KEEPER], level)
    done = stepping.standing(act.session, matter).done_by
    apart = done.get(StepKind.REQUEST, frozenset()) | done.get(StepKind.APPROVAL, frozenset())
    wanted = [] if seal is None else [i for i in (seal.keeper_id, seal.deputy_id) if i is not None and i not in apart]
    rows = [row for row in stepping.persons(act, wanted) if row.account_id in cleared]
    for row in rows:
        stepping.send_to_person(act, matter, StepKind.STAMP, row, note=note)
    if not rows:
        stepping.send_to_role(act, matter, StepKind.STAMP, Role.SEAL_KEEPER, note=note)
    readers = {row.account_id for row in rows if row.account_id is not None} or cleared
    sharing.add_readers(act, matter, readers)
    sharing.add_readers(act, paper, readers)
    stepping.settle(act, matter, State.APPROVED)


def approve(office: Office, matter_id: int, opinion: str = "") -> Changes:
    """批准: of the version that lies there now; a later one needs a new approval."""
    with office.act() as act:
        matter, use = _allowed(act, matter_id, Action.APPROVE)
        paper = act.session.get_one(MatterRecord, use.paper_matter_id)
        seal = None if use.seal_id is None else seal_inventory.one(act.session, use.seal_id)
        if seal is not None:
            rules.check_named_seal(seal, act.actor)
        version = seen_paper.current(office, act.session, paper)
        use.approved_content_id, use.approved_digest = version.content_id, version.digest
        stepping.finish(act, matter, _waiting_approval(act, matter), Said(opinion or "同意", Outcome.AGREED))
        _send_to_keeper(act, matter, paper, seal)
        act.record("seals.use.approved", matter, digest=version.digest)
        return act.changes()


def _waiting_approval(act: Act, matter: MatterRecord) -> StepRecord:
    """The step that the actor answers: his own, that of the office's leaders, or of one he stands in for."""
    steps = stepping.open_steps(act.session, matter.id, StepKind.APPROVAL)
    own = next((step for step in steps if step.person_id in (None, act.actor.person_id)), None)
    return own or approving.waiting(act, matter)


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
            stepping.finish(act, matter, _waiting_approval(act, matter), said)
        stepping.settle(act, matter, State.REFUSED)
        entry = seal_book.append(act, matter, use, EntryEvent.REFUSED)
        act.record("seals.use.refused", matter, by_keeper=by_keeper, entry=entry)
        _give_back(act, act.session.get_one(MatterRecord, use.paper_matter_id), reason)
        return act.changes()


def _give_back(act: Act, paper: MatterRecord, reason: str) -> None:
    """A signed document whose seal was refused lies with its drafter, who asks again or changes it."""
    if State(paper.state) is not State.SIGNED or seals.waiting_steps(act.session, paper.id):
        return
    if stepping.open_steps(act.session, paper.id, StepKind.REQUEST):
        return
    note = f"不予用印：{reason.strip()}"
    drafter = people.persons(act.session, act.today, [stepping.standing(act.session, paper).created_by])
    if drafter:
        stepping.send_to_person(act, paper, StepKind.REQUEST, drafter[0], note=note)
    else:
        stepping.send_to_role(act, paper, StepKind.REQUEST, Role.SECRETARIAT, note=note)
    stepping.settle(act, paper, State.SIGNED)
    # What waits is said in the words of the act that ends it.
    paper.holder = f"{drafter[0].name if drafter else word(Role.SECRETARIAT)} {word(Action.ASK_SEAL)}"
    act.record("circulation.outgoing.seal_refused", paper)


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
        content = office.vault.contents.open(act.session, current.content_id)
        seen_paper.check_written(content)
        use.seal_id = seal.id
        use.stamped, use.spoiled, use.stamped_at = stamping.stamped, stamping.spoiled, act.at
        stepping.finish(act, matter, stepping.own_step(act, matter, StepKind.STAMP), Said(stamping.note))
        stepping.settle(act, matter, State.CLOSED)
        _enter_in_book(act, matter, use, paper, content, seal)
        if State(paper.state) is State.SIGNED:
            stepping.withdraw(act, paper, StepKind.REQUEST)
            stepping.send_to_role(act, paper, StepKind.DISPATCH, Role.CONFIDENTIAL_CLERK)
            stepping.settle(act, paper, State.STAMPED)
            act.record("circulation.outgoing.stamped", paper, seal=seal.id)
        return act.changes()


def _enter_in_book(
    act: Act, matter: MatterRecord, use: SealUseRecord, paper: MatterRecord, content: Content, seal: SealRow
) -> None:
    """Make the stamped file where the imprint is kept, and write the next line of the register."""
    picture = seal_imprint.picture(act, seal.id) if seal_imprint.can_bear(content) else None
    file = ""
    if picture is not None:
        imprint = Imprint(seal, picture, is_straddling=use.is_straddling)
        file = seal_imprint.make(act, matter, paper, content, imprint)
    entry = seal_book.append(act, matter, use, EntryEvent.STAMPED, file_digest=file)
    counts = {"approved": use.imprints, "stamped": use.stamped, "spoiled": use.spoiled}
    act.record("seals.use.stamped", matter, seal=seal.id, digest=use.approved_digest, file=file, entry=entry, **counts)


def _seal(act: Act, use: SealUseRecord, stamping: Stamping) -> SealRow:
    seal_id = use.seal_id or stamping.seal_id
    if seal_id is None:
        raise RuleError("seal_needed")
    seal = seal_inventory.one(act.session, seal_id)
    inventory_rules.check_usable(seal)
    inventory_rules.check_keeper(seal, act.actor)
    if custody_store.is_away(act.session, seal.id):
        raise RuleError("seal_is_away", seal=seal.name)
    return seal


def _check_people(act: Act, matter: MatterRecord) -> None:
    done = stepping.standing(act.session, matter).done_by
    for requester in done[StepKind.REQUEST]:
        for approver in done[StepKind.APPROVAL]:
            check_three_apart(requester=requester, approver=approver, keeper=act.actor.person_id)
