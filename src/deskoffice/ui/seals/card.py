"""The file of one seal beside the list: its imprint, what happened to it, where it is, how often it was used."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QTabWidget, QWidget

from deskoffice._generated.seals.seal_card import Ui_SealCard
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import MatterRow
from deskoffice.domain.seal_custody import HandOverRow, LoanRow, LoanState, Party, loan_acts, may_sign
from deskoffice.domain.seal_inventory import SealEventRow, SealRow
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk
from deskoffice.ui.management.record_form import Question, confirm
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.turns import Turns
from deskoffice.usecases import matters, seal_book, seal_custody, seal_inventory
from deskoffice.usecases.office import CHINA, Office
from deskoffice.usecases.seal_book import ImprintCounts
from deskoffice.usecases.words import word

HISTORY = ("时间", "事项", "经办", "说明")
LOANS = ("状态", "两人", "去向和事由", "应还")
COUNTS = ("统计", "名称", "枚数")
REFUSAL = "不同意外带，请改在办公室用印"
LOAN_WORDS = {
    LoanState.APPROVED: ("同意外带", "已同意外带"),
    LoanState.OUT: ("取走", "已登记取走，今日工作单上有"),
    LoanState.BACK: ("归还", "已登记归还"),
}


@dataclass(frozen=True, slots=True)
class SealFile:
    """Everything the card shows; the picture is empty for those who do not keep the seal."""

    seal: SealRow
    picture: bytes
    history: tuple[SealEventRow, ...]
    loans: tuple[LoanRow, ...]
    hand_over: HandOverRow | None
    counts: ImprintCounts
    enabling: MatterRow | None


def read_file(office: Office, seal: SealRow) -> SealFile:
    """What is known of a seal; only who keeps it opens its imprint."""
    picture = b""
    if seal.has_imprint and seal.is_kept_by(office.actor.person_id):
        try:
            picture = seal_inventory.imprint(office, seal.id).data
        except DeskOfficeError:
            # Kept by a keeper before: the new one takes a new sample.
            picture = b""
    open_ones = [row for row in seal_custody.hand_overs(office, seal.id) if row.is_open]
    return SealFile(
        seal=seal,
        picture=picture,
        history=tuple(reversed(seal_inventory.history(office, seal.id))),
        loans=seal_custody.loans(office, seal.id),
        hand_over=open_ones[0] if open_ones else None,
        counts=seal_book.counts(office, office.today().year, seal.id),
        enabling=None if seal.enabled_matter_id is None else _row(office, seal.enabled_matter_id),
    )


def _row(office: Office, matter_id: int) -> MatterRow | None:
    try:
        return matters.card(office, matter_id).row
    except DeskOfficeError:
        return None


class SealCard(QFrame):
    """Shows one seal; signatures and loans are done here, since they belong to one line of its file."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._file: SealFile | None = None
        self._ui = Ui_SealCard()
        self._is_made = False
        self._turns = desk.jobs.join(Turns(self))
        self._history: TextModel[SealEventRow] = TextModel(HISTORY, self._event_cells, parent=self)
        self._loans: TextModel[LoanRow] = TextModel(LOANS, self._loan_cells, colour=self._late, parent=self)
        self._counts: TextModel[tuple[str, str, str]] = TextModel(COUNTS, lambda row: row, parent=self)
        self.show_nothing()

    def _make(self) -> None:
        """Its parts, after the list is there: together they kept the window too long."""
        if self._is_made:
            return
        self._is_made = True
        ui = self._ui
        ui.setupUi(self)
        for table, model, widths, stretch in (
            (ui.historyTableView, self._history, ("12月30日 15:30", "留存印模", "欧阳建国", ""), 3),
            (ui.loansTableView, self._loans, ("已批准，待取走", "王丽、周燕", "", "12月30日 15:30"), 2),
            (ui.countsTableView, self._counts, ("用印对象", "", "12,345"), 1),
        ):
            show_in(table, model, widths, stretch=stretch, tokens=self._desk.tokens)
            table.setTabKeyNavigation(False)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.loansTableView.selectionModel().currentRowChanged.connect(self._show_loan)
        ui.loanPushButton.clicked.connect(self._on_loan_clicked)
        ui.loanRefusePushButton.clicked.connect(self._on_loan_refused)
        ui.signPushButton.clicked.connect(self._on_sign_clicked)
        ui.cancelHandOverPushButton.clicked.connect(self._on_cancel_clicked)
        ui.enablingPushButton.clicked.connect(self._on_enabling_clicked)

    @property
    def tabs(self) -> QTabWidget:
        """The parts of the file."""
        self._turns.settle()
        return self._ui.tabWidget

    def show_nothing(self) -> None:
        """No seal is chosen."""
        self._file = None
        self.setVisible(False)

    def show_seal(self, seal: SealRow) -> None:
        """Read the file of a seal and show it."""
        office = self._desk.office
        self._turns.begin(self._make)
        self._desk.jobs.run(
            lambda _: read_file(office, seal), self, done=lambda found: self._turns.add(partial(self._show, found))
        )

    def _show(self, found: SealFile) -> None:
        self._file = found
        seal, ui = found.seal, self._ui
        ui.nameLabel.setText(seal.name)
        ui.stateLabel.setText("　".join(part for part in (word(seal.kind), word(seal.state), seal.owner) if part))
        ui.factsLabel.setText(_facts(seal))
        ui.enablingPushButton.setVisible(found.enabling is not None)
        self._show_picture(found)
        self._history.show_rows(found.history)
        self._loans.show_rows(found.loans)
        if found.loans:
            ui.loansTableView.setCurrentIndex(self._loans.index(0, 0))
        self._show_loan()
        self._show_hand_over(found)
        self._show_counts(found.counts)
        self.setVisible(True)

    def _show_picture(self, found: SealFile) -> None:
        picture = QPixmap()
        if found.picture and picture.loadFromData(found.picture):
            self._ui.imprintLabel.setPixmap(
                picture.scaled(136, 136, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            )
        elif found.seal.has_imprint:
            self._ui.imprintLabel.setText(self.tr("印模已留存\n只有保管人能看"))
        else:
            self._ui.imprintLabel.setText(self.tr("还没有留存印模"))

    def _event_cells(self, row: SealEventRow) -> tuple[str, ...]:
        said = [row.reason]
        if row.from_person or row.to_person:
            said.insert(0, "→".join(part for part in (row.from_person, row.to_person) if part))
        if row.witnesses:
            said.append(f"见证 {row.witnesses}")
        return (self._moment(row.at), word(row.event), row.by, "　".join(part for part in said if part))

    def _moment(self, at: datetime) -> str:
        return moment_text(at.astimezone(CHINA), self._desk.office.today())

    def _loan_cells(self, row: LoanRow) -> tuple[str, ...]:
        state = "逾期未还" if row.is_overdue(self._desk.office.now()) else word(row.state)
        return (state, f"{row.first}、{row.second}", f"{row.place}　{row.reason}", self._moment(row.due_at))

    def _late(self, row: LoanRow) -> str:
        return self._desk.tokens.overdue if row.is_overdue(self._desk.office.now()) else ""

    def _loan(self) -> LoanRow | None:
        return self._loans.row(self._ui.loansTableView.currentIndex().row())

    def _show_loan(self, *_: QModelIndex) -> None:
        row, ui = self._loan(), self._ui
        acts: frozenset[LoanState] = frozenset()
        if row is not None and self._file is not None:
            acts = loan_acts(row, self._file.seal, self._desk.actor)
        main = next((state for state in LOAN_WORDS if state in acts), None)
        ui.loanPushButton.setVisible(main is not None)
        ui.loanPushButton.setText(LOAN_WORDS[main][0] if main else "")
        ui.loanRefusePushButton.setVisible(LoanState.REFUSED in acts)
        ui.loanLabel.setText(_loan_facts(row) if row is not None else self.tr("没有外带记录。"))

    def _on_loan_clicked(self) -> None:
        row = self._loan()
        if row is None or self._file is None:
            return
        acts = loan_acts(row, self._file.seal, self._desk.actor)
        to = next((state for state in LOAN_WORDS if state in acts), None)
        if to is not None:
            self._run(lambda office: seal_custody.move_loan(office, row.id, to), LOAN_WORDS[to][1])

    def _on_loan_refused(self) -> None:
        row = self._loan()
        if row is not None:
            self._run(
                lambda office: seal_custody.move_loan(office, row.id, LoanState.REFUSED, REFUSAL),
                self.tr("已退回，不外带"),
            )

    def _show_hand_over(self, found: SealFile) -> None:
        row, ui = found.hand_over, self._ui
        ui.handOverFrame.setVisible(row is not None)
        if row is None or row.next_party is None:
            return
        who = {Party.GIVER: row.from_person, Party.WITNESS: row.witness, Party.TAKER: row.to_person}
        done = "、".join(f"{word(party)}{name}已签" for party, name, _ in row.signed)
        text = self.tr("正在移交：%1 → %2，待%3签字").replace("%1", row.from_person).replace("%2", row.to_person)
        text = text.replace("%3", f"{word(row.next_party)}{who[row.next_party]}")
        show_problem(ui.handOverLabel, f"{text}（{done}）" if done else text)
        ui.signPushButton.setVisible(may_sign(row, found.seal, self._desk.actor))
        ui.signPushButton.setText(self.tr("签字（%1）").replace("%1", word(row.next_party)))
        ui.cancelHandOverPushButton.setVisible(found.seal.is_kept_by(self._desk.actor.person_id))

    def _on_sign_clicked(self) -> None:
        row = self._file.hand_over if self._file else None
        if row is not None:
            self._run(lambda office: seal_custody.sign_hand_over(office, row.id), self.tr("已签字"))

    def _on_cancel_clicked(self) -> None:
        row = self._file.hand_over if self._file else None
        if row is None:
            return
        text = (
            self.tr("%1 → %2 的移交作废，印章仍由 %1 保管。")
            .replace("%1", row.from_person)
            .replace("%2", row.to_person)
        )
        question = Question(self.tr("取消移交"), text, self.tr("取消移交"))
        confirm(
            self.window(),
            question,
            lambda: self._run(lambda office: seal_custody.cancel_hand_over(office, row.id), self.tr("移交已取消")),
        )

    def _run(self, work: Callable[[Office], object], told: str) -> None:
        office = self._desk.office

        def finished(result: object) -> None:
            del result
            self._desk.tell(told)
            self.changed.emit()

        self._desk.jobs.run(lambda _: work(office), self, done=finished)

    def _show_counts(self, found: ImprintCounts) -> None:
        text = self.tr("%1年用印 %2 次，盖 %3 枚，废 %4 枚，不予用印 %5 次")
        values = (found.year, found.uses, found.stamped, found.spoiled, found.refused)
        for place, value in enumerate(values, start=1):
            text = text.replace(f"%{place}", f"{value:,}" if place > 1 else str(value))
        self._ui.countsLabel.setText(text)
        groups = (("用印单位", found.units), ("用印对象", found.matters))
        self._counts.show_rows([(name, what, f"{count:,}") for name, rows in groups for what, count in rows])

    def _on_enabling_clicked(self) -> None:
        if self._file is not None and self._file.enabling is not None:
            self._desk.open_matter(self._file.enabling)


def _facts(seal: SealRow) -> str:
    enabled = "　".join(
        part for part in (f"{seal.enabled_on:%Y-%m-%d}" if seal.enabled_on else "", seal.enabled_by) if part
    )
    made = "　".join(part for part in (seal.material, seal.size) if part)
    lines = (
        ("保管", f"{seal.keeper}　代管 {seal.deputy or '无'}"),
        ("存放", seal.place),
        ("材质规格", made),
        ("启用", enabled),
        ("备注", seal.note),
    )
    return "\n".join(f"{name}　{text}" for name, text in lines if text)


def _loan_facts(row: LoanRow) -> str:
    said = [f"{row.asked_by}申请", f"{row.approver}批准" if row.approver else ""]
    for name, at in (("取走", row.out_at), ("归还", row.back_at)):
        said.append(f"{at.astimezone(CHINA):%m-%d %H:%M}{name}" if at else "")
    return "　".join(part for part in (*said, row.note) if part)
