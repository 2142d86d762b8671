"""What makes a draft ready in the window: 会签 asked for and given, its level proposed and decided."""

from PySide6.QtWidgets import QWidget

from deskoffice._generated.circulation.outgoing_classify import Ui_ClassifyForm
from deskoffice.domain.circulation.outgoing import Agreement, AskingOrder
from deskoffice.domain.circulation.secrecy import Basis, DecisionRow, DecisionState, SecrecyDraft
from deskoffice.domain.matters import Changes, MatterCard, StepKind
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.ui.act_dialog import ActDialog, ActInput, ActSpec, show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.usecases.circulation import outgoing_countersign, outgoing_secrecy
from deskoffice.usecases.circulation.outgoing_countersign import Countersign, Standing
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

STANDINGS = {
    Standing.WAITING: "未轮到",
    Standing.ASKED: "会签中",
    Standing.AGREED: "同意",
    Standing.STALE: "文字已改，须重签",
    Standing.DISSENT: "不同意",
}


def _ask(office: Office, matter_id: int, filled: ActInput) -> Changes:
    in_order = filled.choice == AskingOrder.IN_ORDER
    return outgoing_countersign.ask(office, matter_id, filled.person_ids, filled.units, in_order=in_order)


def _countersign(office: Office, matter_id: int, filled: ActInput) -> Changes:
    agrees = filled.choice != Agreement.DISAGREES
    return outgoing_countersign.countersign(office, matter_id, filled.text, agrees=agrees)


def _record(office: Office, matter_id: int, filled: ActInput) -> Changes:
    agrees, day = filled.choice != Agreement.DISAGREES, filled.day or office.today()
    return outgoing_countersign.record(office, matter_id, filled.step_id, filled.text, agrees=agrees, said_on=day)


def _decide(office: Office, matter_id: int, filled: ActInput) -> Changes:
    return outgoing_secrecy.decide(office, matter_id, filled.text, approves=filled.choice != Agreement.DISAGREES)


ASK = ActSpec(
    title="送会签",
    button="送会签",
    told="已送会签，意见回来前文稿不能改",
    perform=_ask,
    people="请谁会签",
    units="请哪些单位会签（纸上签，由机要员代录）",
    choice="次序",
    choices=(AskingOrder.PARALLEL, AskingOrder.IN_ORDER),
)
COUNTERSIGN = ActSpec(
    title="会签",
    button="存入会签意见",
    told="会签意见已存",
    perform=_countersign,
    choice="意见",
    choices=(Agreement.AGREES, Agreement.DISAGREES),
    text="会签意见（同意的可不填，不同意必须写明）",
    phrases=("同意。", "原则同意，建议明确完成时限。", "无不同意见。"),
)
RECORD = ActSpec(
    title="代录会签",
    button="存入会签意见",
    told="会签意见已代录，发文稿纸上注明代录",
    perform=_record,
    step=StepKind.COUNTERSIGN,
    choice="意见",
    choices=(Agreement.AGREES, Agreement.DISAGREES),
    text="会签原文，一字不改",
    day="会签日期",
    day_optional=False,
)
DECIDE = ActSpec(
    title="审定密级",
    button="存入审定意见",
    told="密级已审定",
    perform=_decide,
    choice="意见",
    choices=(Agreement.AGREES, Agreement.DISAGREES),
    text="审定意见（不同意必须写明）",
    phrases=("同意。", "期限过长，请按一览表核定。", "不属于国家秘密，请按内部文件办理。"),
    warning="正在读取拟定的密级…",
)


class AskDialog(ActDialog):
    """送会签: says where it stands, and ticks those who must sign again."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(desk, card, spec=ASK, parent=parent)
        office, matter_id = desk.office, card.row.id
        desk.jobs.run(lambda _: outgoing_countersign.standing_of(office, matter_id), self, done=self._show_asked)

    def _show_asked(self, asked: tuple[Countersign, ...]) -> None:
        words = "　".join(f"{one.name}：{STANDINGS[one.standing]}" for one in asked)
        show_problem(self._ui.warningLabel, words)
        again = [one for one in asked if one.standing in {Standing.STALE, Standing.DISSENT}]
        self._ui.peoplePicker.choose([one.person_id for one in again if one.person_id is not None])
        names = {one.name for one in again if one.person_id is None}
        self._ui.unitsPicker.choose([unit.id for unit in self._desk.directory.units if unit.name in names])


def open_ask(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    AskDialog(desk, card, parent=parent).open()


class DecideDialog(ActDialog):
    """审定密级: what was proposed stands above the decision."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(desk, card, spec=DECIDE, parent=parent)
        office, matter_id = desk.office, card.row.id
        desk.jobs.run(lambda _: outgoing_secrecy.history(office, matter_id), self, done=self._show_proposed)

    def _show_proposed(self, history: tuple[DecisionRow, ...]) -> None:
        proposed = next((row for row in history if row.state is DecisionState.PROPOSED), None)
        show_problem(self._ui.warningLabel, decision_text(proposed) if proposed else "")


def open_decide(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    DecideDialog(desk, card, parent=parent).open()


def decision_text(row: DecisionRow) -> str:
    """One decision in a line."""
    mark = secrecy_mark(row.level, row.secrecy_years) or word(row.level)
    parts = [f"{row.proposed_by} {row.proposed_at:%Y-%m-%d} 拟定 {mark}", word(row.basis), row.words]
    if row.decided_at is not None:
        parts.append(f"{row.decided_by} {row.decided_at:%Y-%m-%d} {word(row.state)}“{row.opinion}”")
    else:
        parts.append(word(row.state))
    return "　".join(part for part in parts if part)


class ClassifyForm(RecordForm[SecrecyDraft]):
    """定密: level, period and basis from lists, with what was decided before."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        self._ui = Ui_ClassifyForm()
        row = card.row
        basis = Basis.OWN_LIST if row.level >= Classification.CONFIDENTIAL else Basis.NOT_SECRET

        def store(office: Office, typed: SecrecyDraft) -> object:
            return outgoing_secrecy.propose(office, row.id, typed)

        saving = Saving("定密", "密级已拟定，已送定密责任人", store, lambda: desk.note(Changes((row.id,))))
        typed = SecrecyDraft(row.level, row.secrecy_years, basis)
        super().__init__(desk, self._ui, typed, saving=saving, parent=parent)
        self._ui.matterLabel.setText("　".join(part for part in (row.number, row.title) if part))
        self._ui.levelComboBox.currentIndexChanged.connect(self._show_button)
        self._show_button(row.level.value)
        office = desk.office
        desk.jobs.run(lambda _: outgoing_secrecy.history(office, row.id), self, done=self._show_history)

    def _show_button(self, chosen: int) -> None:
        is_secret = list(Classification)[chosen] >= Classification.CONFIDENTIAL
        self._ui.savePushButton.setText(
            self.tr("送定密责任人  Ctrl+Enter") if is_secret else self.tr("声明不涉密  Ctrl+Enter")
        )

    def _show_history(self, history: tuple[DecisionRow, ...]) -> None:
        self._ui.historyTitleLabel.setVisible(bool(history))
        self._ui.historyLabel.setText("\n".join(decision_text(row) for row in history))


def open_classify(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    ClassifyForm(desk, card, parent=parent).open()
