"""What is done to many incoming papers at once: the dialogs of one paper, without the choice of one step."""

from dataclasses import replace

from deskoffice.domain.batches import BatchVerb
from deskoffice.domain.matters import Action, Changes, MatterKind
from deskoffice.domain.steps import HandlingPart
from deskoffice.ui.act_dialog import ActInput, ActSpec
from deskoffice.ui.batch_bar import BatchActs
from deskoffice.ui.circulation import incoming_acts
from deskoffice.ui.desk import Opener
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.circulation.incoming import Assignment, Handler
from deskoffice.usecases.office import Office


def _for_many(opener: Opener) -> ActSpec:
    if not isinstance(opener, ActSpec):
        raise TypeError(opener)
    return replace(opener, step=None, steps=())


def _assign(office: Office, matter_id: int, filled: ActInput) -> Changes:
    who = [*(Handler(person_id) for person_id in filled.person_ids), *(Handler(unit=unit) for unit in filled.units)]
    parts = (HandlingPart.LEAD, *[HandlingPart.ASSIST] * (len(who) - 1))
    handlers = tuple(replace(one, part=part, due_on=filled.day) for one, part in zip(who, parts, strict=bool(who)))
    return incoming.assign(office, matter_id, Assignment(handlers, filled.text))


def _set_due(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return incoming.set_due(office, matter_id, filled.day)


_SPECS: dict[BatchVerb, ActSpec] = {
    BatchVerb.PROPOSE: _for_many(incoming_acts.ACTS[Action.PROPOSE]),
    BatchVerb.CIRCULATE: _for_many(incoming_acts.ACTS[Action.CIRCULATE]),
    BatchVerb.MARK_READ: _for_many(incoming_acts.ACTS[Action.MARK_READ]),
    BatchVerb.URGE: _for_many(incoming_acts.ACTS[Action.URGE]),
    BatchVerb.CLOSE: _for_many(incoming_acts.ACTS[Action.CLOSE]),
    BatchVerb.ASSIGN: ActSpec(
        title="交办",
        button="交办",
        told="已交办",
        perform=_assign,
        people="承办人，第一个是主办",
        units="或承办单位，没有选人时第一个是主办",
        day="办理期限",
        text="交办要求（没有可不填）",
    ),
    BatchVerb.SET_DUE: ActSpec(
        title="设期限",
        button="设期限",
        told="期限已设",
        perform=_set_due,
        day="办理期限",
    ),
}
INCOMING_BATCH: BatchActs = {(MatterKind.INCOMING, verb): spec for verb, spec in _SPECS.items()}
