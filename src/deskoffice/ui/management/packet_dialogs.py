"""发出和收入摆渡包: which papers, on which carrier."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QLabel, QListView, QPushButton, QWidget

from deskoffice._generated.management.packet_receive import Ui_PacketReceiveDialog
from deskoffice._generated.management.packet_send import Ui_PacketSendDialog
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.exchange import PacketRow, PartnerRow
from deskoffice.domain.matters import Changes, MatterRow
from deskoffice.domain.values import secrecy_mark
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.desk import Desk
from deskoffice.ui.files import choose_folder
from deskoffice.ui.tree import descendants
from deskoffice.usecases import exchange, exchange_keys
from deskoffice.usecases.exchange import Arrival, Choice, Offer
from deskoffice.usecases.messages import problem, sentence


class TickedList:
    """Papers with a box before each; Space ticks, the count stands below."""

    def __init__(self, view: QListView, count: QLabel, words: str) -> None:
        self._model = QStandardItemModel(view)
        self._count, self._words = count, words
        view.setModel(self._model)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._model.itemChanged.connect(self._show_count)

    def show(self, entries: Iterable[tuple[int, str, bool, bool]]) -> None:
        """Key, words, whether it may be ticked, whether it is."""
        self._model.clear()
        for key, text, is_free, is_ticked in entries:
            item = QStandardItem(text)
            item.setData(key, Qt.ItemDataRole.UserRole)
            item.setToolTip(text)
            item.setEnabled(is_free)
            item.setCheckable(True)
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
            self._model.appendRow(item)
        self._show_count()

    @property
    def ticked(self) -> tuple[int, ...]:
        """Keys of those ticked, in order."""
        items = (self._model.item(row) for row in range(self._model.rowCount()))
        return tuple(
            int(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def _show_count(self) -> None:
        text = self._words.replace("%1", str(len(self.ticked))).replace("%2", str(self._model.rowCount()))
        self._count.setText(text)


class PacketDialog(QDialog):
    """What both have: the carrier's number, a folder on the disc, problems under their fields."""

    def __init__(self, desk: Desk, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk

    def take_over(self, done: QPushButton, cancel: QPushButton, pressed: Callable[[], None]) -> None:
        """Buttons and the key that finishes."""
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)
        done.clicked.connect(pressed)
        cancel.clicked.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+Return"), self, done.click)

    def show_failure(self, labels: dict[str, QLabel], whole: QLabel, error: DeskOfficeError) -> None:
        """Each problem under its field, the rest in one sentence."""
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        for name, label in labels.items():
            show_problem(label, problem(problems[name]) if name in problems else "")
        show_problem(whole, "" if set(problems) & set(labels) else sentence(error))


class PacketSendDialog(PacketDialog):
    """Papers issued and not yet sent to the chosen unit."""

    def __init__(self, desk: Desk, sent: Callable[[], None], *, parent: QWidget) -> None:
        super().__init__(desk, parent=parent)
        self._sent = sent
        self._ui = Ui_PacketSendDialog()
        self._ui.setupUi(self)
        ui = self._ui
        self._papers = TickedList(ui.papersListView, ui.chosenLabel, self.tr("已选 %1 件，共 %2 件可送"))
        self.take_over(ui.donePushButton, ui.cancelPushButton, self._on_done_clicked)
        ui.partnerComboBox.currentIndexChanged.connect(self._read_papers)
        office = desk.office
        desk.jobs.run(lambda _: exchange_keys.partners(office), self, done=self._offer_partners)

    def _offer_partners(self, rows: tuple[PartnerRow, ...]) -> None:
        for row in rows:
            if row.is_active:
                self._ui.partnerComboBox.addItem(row.name, row.id)
        if not self._ui.partnerComboBox.count():
            text = self.tr("还没有交换单位，请先到“设置 → 交换单位”登记。")
            show_problem(self._ui.partnerProblemLabel, text)
            self._ui.donePushButton.setEnabled(False)

    def _read_papers(self) -> None:
        office, partner = self.desk.office, self._ui.partnerComboBox.currentData()
        if partner is not None:
            self.desk.jobs.run(lambda _: exchange.sendable(office, partner), self, done=self._show_papers)

    def _show_papers(self, rows: tuple[MatterRow, ...]) -> None:
        self._papers.show((row.id, _paper_words(row), True, False) for row in rows)

    def _on_done_clicked(self) -> None:
        choose_folder(self, self.tr("案头 · 写到哪张盘"), chosen=self.send_to)

    def send_to(self, folder: Path) -> None:
        """Write the packet into a folder of the disc."""
        office, partner = self.desk.office, self._ui.partnerComboBox.currentData()
        chosen, carrier = self._papers.ticked, self._ui.carrierLineEdit.text()
        self.desk.jobs.run(
            lambda _: exchange.send(office, partner, chosen, carrier=carrier, folder=folder),
            self,
            done=self._on_sent,
            failed=self._on_failed,
        )

    def _on_sent(self, packet: PacketRow) -> None:
        text = self.tr("第 %1 号摆渡包已写好，%2 件；请打印交接清单随盘送达。")
        self.desk.tell(text.replace("%1", str(packet.number)).replace("%2", str(len(packet.items))))
        self._sent()
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        ui = self._ui
        labels = {"papers": ui.papersProblemLabel, "carrier": ui.carrierProblemLabel}
        self.show_failure(labels, ui.problemLabel, error)


class PacketReceiveDialog(PacketDialog):
    """What came, with what is known already said calmly and not ticked."""

    def __init__(self, desk: Desk, path: Path, arrival: Arrival, *, done: Callable[[], None], parent: QWidget) -> None:
        super().__init__(desk, parent=parent)
        self._path, self._received = path, done
        self._ui = Ui_PacketReceiveDialog()
        self._ui.setupUi(self)
        ui = self._ui
        text = self.tr("%1发来的第 %2 号包，签名已核对。").replace("%1", arrival.partner)
        ui.senderLabel.setText(text.replace("%2", str(arrival.number)))
        missing = "、".join(str(number) for number in arrival.missing)
        text = self.tr("前面的第 %1 号包还没有收到，请与对方核对。").replace("%1", missing)
        show_problem(ui.missingLabel, text if missing else "")
        self._papers = TickedList(ui.papersListView, ui.chosenLabel, self.tr("登记 %1 件，包里共 %2 件"))
        self._papers.show(
            (offer.place, _offer_words(offer), offer.is_welcome, offer.is_welcome) for offer in arrival.offers
        )
        self.take_over(ui.donePushButton, ui.cancelPushButton, self.receive)
        ui.carrierLineEdit.setFocus()

    def receive(self) -> None:
        """Register what is ticked; the receipt goes onto the same disc."""
        office, path = self.desk.office, self._path
        choice = Choice(frozenset(self._papers.ticked), self._ui.carrierLineEdit.text(), path.parent)
        self.desk.jobs.run(
            lambda _: exchange.receive(office, path, choice), self, done=self._on_received, failed=self._on_failed
        )

    def _on_received(self, changes: Changes) -> None:
        text = self.tr("已登记 %1 件收文，电子收条写回了原盘；请打印收条签名后退回。")
        self.desk.tell(text.replace("%1", str(len(changes.matter_ids))))
        self.desk.note(Changes(matter_ids=changes.matter_ids))
        self._received()
        self.accept()

    def _on_failed(self, error: DeskOfficeError) -> None:
        ui = self._ui
        self.show_failure({"carrier": ui.carrierProblemLabel}, ui.problemLabel, error)


def _paper_words(row: MatterRow) -> str:
    parts = (row.document_number, row.title, secrecy_mark(row.level, row.secrecy_years))
    return "　".join(part for part in parts if part)


def _offer_words(offer: Offer) -> str:
    paper = offer.paper
    state = (
        f"此前已登记为{offer.known}" if offer.known else "超出您的涉密等级或登记项目不全" if offer.is_refused else ""
    )
    parts = (paper.document_number, paper.title, secrecy_mark(paper.level, paper.secrecy_years), state)
    return "　".join(part for part in parts if part)
