"""定密: a level is proposed with its basis, approved by the 定密责任人, and kept in the history of the document."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.circulation import secrecy as rules
from deskoffice.domain.circulation.secrecy import VALID, Basis, DecisionRow, DecisionState, SecrecyDraft
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import Action, Changes, Outcome, State, StepKind
from deskoffice.domain.people import Role, check_clearance
from deskoffice.domain.values import Classification
from deskoffice.storage import people
from deskoffice.storage.circulation.outgoing import SecrecyDecisionRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.people import AccountRecord
from deskoffice.usecases import matters, sharing, stepping
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.stepping import Said


def propose(office: Office, matter_id: int, draft: SecrecyDraft) -> Changes:
    """拟定密级: laid before those who may decide; the paper is protected at the proposed level from now on."""
    rules.check(draft)
    with office.act() as act:
        matter = act.matter(matter_id)
        stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), Action.CLASSIFY)
        check_clearance(act.actor.clearance, draft.level)
        _set_level(act, matter, draft)
        if draft.level >= Classification.CONFIDENTIAL:
            _put(act, matter, draft, DecisionState.PROPOSED)
            _ask(act, matter)
        else:
            _put(act, matter, draft, DecisionState.DECLARED)
        act.record("circulation.outgoing.level_proposed", matter, level=int(draft.level))
        return act.changes()


def _set_level(act: Act, matter: MatterRecord, draft: SecrecyDraft) -> None:
    """Texts sealed to the whole office cannot be taken back from it, so the step across that line is refused."""
    matter.secrecy_years = draft.secrecy_years
    if draft.level == matter.level:
        return
    if matter.office_wide != (draft.level <= Classification.INTERNAL):
        raise InvalidDraft({"level": "level_fixed"})
    ids = sharing.readers(act.session, matter)
    clearances = act.session.scalars(select(AccountRecord.clearance).where(AccountRecord.id.in_(ids)))
    for clearance in clearances:
        check_clearance(Classification(clearance), draft.level)
    title = matters.rows(act.office, act.session, [matter])[0].title
    old = matter.title_content_id
    matter.level = int(draft.level)
    sharing.set_title(act, matter, title, sharing.audience(act.session, matter))
    act.session.flush()
    if old is not None:
        act.office.vault.contents.delete(act.session, old)


def _put(act: Act, matter: MatterRecord, draft: SecrecyDraft, state: DecisionState) -> None:
    words = draft.words.strip()
    act.session.add(
        SecrecyDecisionRecord(
            matter_id=matter.id,
            level=int(draft.level),
            secrecy_years=draft.secrecy_years,
            basis_code=draft.basis.value,
            basis_content_id=sharing.keep_text(act, matter, words) if words else None,
            state=state.value,
            proposed_by=act.actor.account_id,
            proposed_at=act.at,
        )
    )


def _ask(act: Act, matter: MatterRecord) -> None:
    """Whoever was named decides; where nobody was, those who sign for the organ."""
    named = people.holders_of(act.session, [Role.CLASSIFIER], Classification(matter.level))
    role = Role.CLASSIFIER if named else Role.SIGNATORY
    sharing.add_readers(act, matter, people.holders_of(act.session, [role], Classification(matter.level)))
    stepping.send_to_role(act, matter, StepKind.CLASSIFY, role)
    stepping.settle(act, matter, State(matter.state))


def decide(office: Office, matter_id: int, opinion: str, *, approves: bool) -> Changes:
    """审定: the 定密责任人 agrees, or says what is wrong and the level is proposed anew."""
    if not approves and not opinion.strip():
        raise InvalidDraft({"opinion": "required"})
    with office.act() as act:
        matter = act.matter(matter_id)
        actions = matters.allowed(matter, stepping.standing(act.session, matter), act.actor)
        stepping.require(actions, Action.CONFIRM_LEVEL)
        latest = _latest(act.session, matter.id)
        if latest is None or latest.state != DecisionState.PROPOSED:
            raise RuleError("decision_missing")
        proposer = act.session.get_one(AccountRecord, latest.proposed_by).person_id
        if not rules.may_decide(act.actor, proposer):
            raise RuleError("apart_proposer_classifier")
        words = opinion.strip() or "同意"
        step = stepping.own_step(act, matter, StepKind.CLASSIFY)
        stepping.finish(act, matter, step, Said(words, Outcome.AGREED if approves else Outcome.REFUSED))
        latest.state = (DecisionState.APPROVED if approves else DecisionState.REFUSED).value
        latest.decided_by, latest.decided_at = act.actor.account_id, act.at
        latest.opinion_content_id = sharing.keep_text(act, matter, words)
        stepping.settle(act, matter, State(matter.state))
        act.record("circulation.outgoing.level_decided", matter, approved=approves)
        return act.changes()


def declare_open(act: Act, matter: MatterRecord) -> None:
    """Handing in an unclassified draft declares it to be none; the declaration stands in the history."""
    if matter.level >= Classification.CONFIDENTIAL or is_decided(act.session, matter):
        return
    basis = Basis.WORK_SECRET if matter.level == Classification.INTERNAL else Basis.NOT_SECRET
    _put(act, matter, SecrecyDraft(Classification(matter.level), None, basis), DecisionState.DECLARED)
    act.session.flush()


def is_decided(session: Session, matter: MatterRecord) -> bool:
    """The latest decision is valid, and it is about the level and period that the document bears now."""
    latest = _latest(session, matter.id)
    return (
        latest is not None
        and latest.state in VALID
        and (latest.level, latest.secrecy_years) == (matter.level, matter.secrecy_years)
    )


def _latest(session: Session, matter_id: int) -> SecrecyDecisionRecord | None:
    query = select(SecrecyDecisionRecord).where(SecrecyDecisionRecord.matter_id == matter_id)
    return session.scalars(query.order_by(SecrecyDecisionRecord.id.desc())).first()


def history(office: Office, matter_id: int) -> tuple[DecisionRow, ...]:
    """Every decision on the level of a document, the newest first."""
    with office.look() as act:
        return history_in(act.office, act.session, act.matter(matter_id).id)


def history_in(office: Office, session: Session, matter_id: int) -> tuple[DecisionRow, ...]:
    """The same inside a transaction."""
    query = select(SecrecyDecisionRecord).where(SecrecyDecisionRecord.matter_id == matter_id)
    records = session.scalars(query.order_by(SecrecyDecisionRecord.id.desc())).all()
    ids = [one for record in records for one in (record.basis_content_id, record.opinion_content_id) if one]
    texts = office.vault.contents.texts(session, ids)
    accounts = {one for record in records for one in (record.proposed_by, record.decided_by) if one}
    names = people.names(session, sorted(accounts))
    return tuple(_row(record, texts, names) for record in records)


def _row(record: SecrecyDecisionRecord, texts: Mapping[int, str], names: Mapping[int, str]) -> DecisionRow:
    return DecisionRow(
        level=Classification(record.level),
        secrecy_years=record.secrecy_years,
        basis=Basis(record.basis_code),
        words=texts.get(record.basis_content_id or 0, ""),
        state=DecisionState(record.state),
        proposed_by=names.get(record.proposed_by, ""),
        proposed_at=record.proposed_at.astimezone(CHINA),
        decided_by=names.get(record.decided_by or 0, ""),
        decided_at=record.decided_at.astimezone(CHINA) if record.decided_at else None,
        opinion=texts.get(record.opinion_content_id or 0, ""),
    )
