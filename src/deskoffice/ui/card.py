"""One matter beside the list: what it is, its way so far, its papers, and what may be done now."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QMenu, QPushButton, QWidget

from deskoffice._generated.matter_card import Ui_MatterCard
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import (
    Action,
    ContentRole,
    ContentRow,
    CopyRow,
    MatterCard,
    MatterKind,
    MatterRow,
)
from deskoffice.domain.values import Classification
from deskoffice.ui.chain import link_text
from deskoffice.ui.dates import day_text, due_text
from deskoffice.ui.desk import Desk
from deskoffice.ui.jobs import Job
from deskoffice.ui.turns import Turns
from deskoffice.usecases import matters, words
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.words import word

BODIES = (
    ContentRole.SIGNED_PDF,
    ContentRole.APPROVED,
    ContentRole.MINUTES,
    ContentRole.BODY,
    ContentRole.SCAN,
)
"""What the tab 正文 shows, the first that a matter has."""
FLOW, BODY, ATTACHMENTS, COPIES, LINKS = range(5)
BUTTONS = 4
"""Acts shown as buttons, where they have room; the others wait in a menu."""
LEAST_ROOM = 380
"""What the smallest screen leaves for the acts at the foot of the card."""


class MatterCardView(QFrame):
    """The card. It reads its matter in the worker and shows the last one asked for."""

    level_changed = Signal(object)
    """Classification."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = Ui_MatterCard()
        self._is_made = False
        self._desk: Desk | None = None
        self._job: Job[MatterCard] | None = None
        self.card: MatterCard | None = None
        self._wanted_id: int | None = None
        self._contents: tuple[ContentRow, ...] = ()
        self._attachments = QStandardItemModel(self)
        self._links = QStandardItemModel(self)
        self._copies = QStandardItemModel(self)
        self._turns = Turns(self)

    def _make(self) -> None:
        """Its parts, after the list is there and before the matter is: together they kept the window too long."""
        if self._is_made:
            return
        ui = self._ui
        ui.setupUi(self)
        self._is_made = True
        ui.attachmentsListView.setModel(self._attachments)
        ui.attachmentsListView.selectionModel().currentChanged.connect(self._on_attachment_changed)
        ui.linksListView.setModel(self._links)
        ui.linksListView.activated.connect(self._on_link_activated)
        ui.copiesTableView.setModel(self._copies)
        ui.copiesTableView.verticalHeader().setVisible(False)
        ui.copiesTableView.setShowGrid(False)
        ui.copiesTableView.setTabKeyNavigation(False)
        ui.chainStrip.matter_clicked.connect(self._on_matter_clicked)
        ui.fieldsPushButton.toggled.connect(ui.fieldsLabel.setVisible)
        ui.tabWidget.currentChanged.connect(self._on_tab_changed)
        ui.cardStack.setCurrentWidget(ui.nothingPage)

    def set_desk(self, desk: Desk) -> None:
        """Join the session; called once after the form is made."""
        self._desk = desk
        desk.jobs.join(self._turns)

    @property
    def matter_id(self) -> int | None:
        """The matter asked for last."""
        return self._wanted_id

    def show_matter(self, matter_id: int | None) -> None:
        """Read a matter and show it; None empties the card."""
        if self._job is not None:
            self._job.drop()
        self._wanted_id = matter_id
        self._turns.begin(self._make)
        if matter_id is None or self._desk is None:
            self.card = None
            self._turns.settle()
            self._ui.cardStack.setCurrentWidget(self._ui.nothingPage)
            self.level_changed.emit(Classification.PUBLIC)
            return
        office = self._desk.office
        self._job = self._desk.jobs.run(
            lambda _: matters.card(office, matter_id),
            self,
            done=lambda card: self._turns.add(partial(self._show, card)),
        )

    def refresh(self) -> None:
        """Read the same matter again."""
        if self._wanted_id is not None:
            self.show_matter(self._wanted_id)

    def act(self, action: Action) -> None:
        """Open the dialog of an action."""
        if self._desk is not None and self.card is not None:
            self._desk.act(self.card, action, self.window())

    def act_likely(self) -> None:
        """Enter: the first of the acts allowed now."""
        if self._desk is not None and self.card is not None and (offered := self._desk.offered(self.card)):
            self.act(offered[0])

    def acts(self) -> list[tuple[str, Callable[[], None]]]:
        """Every act allowed now by its name."""
        if self._desk is None or self.card is None:
            return []
        kind = self.card.row.kind
        return [(action_word(kind, one), partial(self.act, one)) for one in self._desk.offered(self.card)]

    def _show(self, card: MatterCard) -> None:
        if self._desk is None:
            return
        is_same = self.card is not None and self.card.row.id == card.row.id
        self.card = card
        self._show_head(self._desk, card)
        self._show_flow(self._desk, card)
        self._show_papers(card)
        self._show_copies(self._desk, card)
        self._show_links(card)
        self._show_actions(self._desk, card)
        self._ui.cardStack.setCurrentWidget(self._ui.cardPage)
        if not is_same:
            self._ui.tabWidget.setCurrentIndex(FLOW)
        self._on_tab_changed(self._ui.tabWidget.currentIndex())
        self.level_changed.emit(card.row.level)

    def _show_head(self, desk: Desk, card: MatterCard) -> None:
        ui, row = self._ui, card.row
        ui.badgeRow.show_matter(row, desk.tokens)
        copies = [copy.copy_number for copy in card.copies if copy.copy_number]
        ui.copyLabel.setText(self.tr("份号 %1").replace("%1", copies[0]) if len(copies) == 1 else "")
        ui.stateLabel.setText(word(row.state))
        ui.titleLabel.setText(row.title)
        # An outgoing document bears its own number: said once.
        parts = dict.fromkeys((row.unit, row.document_number, row.number))
        ui.numbersLabel.setText("　".join(part for part in parts if part))
        ui.chainStrip.show_links(card.links)

    def _show_flow(self, desk: Desk, card: MatterCard) -> None:
        ui = self._ui
        ui.timeline.show_steps(card.steps, desk.office.today(), desk.tokens, planned=card.planned)
        lines = [f"{words.field(one.code)}　{one.text}" for one in card.fields if one.text]
        ui.fieldsLabel.setText("\n".join(lines))
        ui.fieldsPushButton.setVisible(bool(lines))

    def _show_papers(self, card: MatterCard) -> None:
        self._contents = tuple(one for one in card.contents if one.role == ContentRole.ATTACHMENT)
        with QSignalBlocker(self._ui.attachmentsListView.selectionModel()):
            self._attachments.clear()
        for one in self._contents:
            item = QStandardItem(one.name or self.tr("不在本人知悉范围"))
            item.setEditable(False)
            self._attachments.appendRow(item)
        self._ui.attachmentsListView.setVisible(bool(self._contents))
        self._name_tab(ATTACHMENTS, self.tr("附件"), len(self._contents))

    def _name_tab(self, tab: int, name: str, count: int) -> None:
        self._ui.tabWidget.setTabText(tab, f"{name} {count}" if count else name)

    def _show_copies(self, desk: Desk, card: MatterCard) -> None:
        self._copies.clear()
        self._copies.setHorizontalHeaderLabels([self.tr("份号"), self.tr("在谁手里"), self.tr("自"), self.tr("结果")])
        for copy in card.copies:
            self._copies.appendRow([_cell(text) for text in _copy_texts(copy, desk)])
        header = self._ui.copiesTableView.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._ui.copiesTableView.setVisible(bool(card.copies))
        self._ui.copiesEmptyLabel.setVisible(not card.copies)
        self._name_tab(COPIES, self.tr("份"), len(card.copies))

    def _show_links(self, card: MatterCard) -> None:
        self._links.clear()
        for link in card.links:
            item = _cell(f"{link_text(link)}　{link.matter.title}")
            item.setData(link.matter, Qt.ItemDataRole.UserRole)
            self._links.appendRow(item)
        readers = "、".join(card.readers) or self.tr("全办公室")
        self._ui.readersLabel.setText(self.tr("知悉范围：%1").replace("%1", readers))
        self._ui.linksListView.setVisible(bool(card.links))
        self._ui.linksEmptyLabel.setVisible(not card.links)
        self._name_tab(LINKS, self.tr("关联"), len(card.links))

    def _show_actions(self, desk: Desk, card: MatterCard) -> None:
        row = self._ui.actionsLayout
        while row.count() > 1 and (old := row.takeAt(0).widget()) is not None:
            old.deleteLater()
        if (refusal := desk.office.refusal) is not None:
            row.insertWidget(0, self._reason(refusal), 1)
            return
        offered = desk.offered(card)
        room = max(self._ui.tabWidget.width(), LEAST_ROOM)
        shown = offered if len(offered) <= BUTTONS else offered[: BUTTONS - 1]
        while len(made := self._buttons(card, offered, len(shown))) > 1 and _width(made, row.spacing()) > room:
            shown = shown[:-1]
            for button in made:
                button.deleteLater()
        for at, button in enumerate(made):
            row.insertWidget(at, button)

    def _buttons(self, card: MatterCard, offered: tuple[Action, ...], shown: int) -> list[QPushButton]:
        """The first acts as buttons, the others behind one more."""
        made = [self._action_button(card, action, is_likely=at == 0) for at, action in enumerate(offered[:shown])]
        return [*made, self._more_button(card, offered[shown:])] if offered[shown:] else made

    def _reason(self, refusal: DeskOfficeError) -> QLabel:
        made = QLabel(sentence(refusal), self)
        made.setWordWrap(True)
        made.setProperty("role", "hint")
        return made

    def _action_button(self, card: MatterCard, action: Action, *, is_likely: bool) -> QPushButton:
        name = action_word(card.row.kind, action)
        made = QPushButton(f"{name}  Enter" if is_likely else name, self)
        made.setProperty("role", "main" if is_likely else "")
        made.setAccessibleName(name)
        made.clicked.connect(lambda: self.act(action))
        return made

    def _more_button(self, card: MatterCard, actions: tuple[Action, ...]) -> QPushButton:
        made = QPushButton(self.tr("更多 ▾"), self)
        made.setAccessibleName(self.tr("更多办理"))
        menu = QMenu(made)
        for action in actions:
            menu.addAction(action_word(card.row.kind, action)).triggered.connect(lambda _=False, a=action: self.act(a))
        # Above the button: the foot of the card is near the foot of the screen.
        made.clicked.connect(lambda: menu.popup(made.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2))))
        return made

    def _on_tab_changed(self, tab: int) -> None:
        """Papers are read, and the reading logged, only when their tab is looked at."""
        if self.card is None or self._desk is None:
            return
        if tab == BODY:
            self._show_body(self._desk, self.card)
        elif tab == ATTACHMENTS:
            if not self._contents:
                self._ui.attachmentPreview.show_nothing(self.tr("没有附件"))
            elif not self._ui.attachmentsListView.currentIndex().isValid():
                self._ui.attachmentsListView.setCurrentIndex(self._attachments.index(0, 0))

    def _show_body(self, desk: Desk, card: MatterCard) -> None:
        for role in BODIES:
            found = [one for one in card.contents if one.role == role]
            if found:
                newest = max(found, key=lambda one: (one.version, one.id))
                self._ui.bodyPreview.show_content(desk, card.row.id, newest)
                return
        self._ui.bodyPreview.show_nothing(self.tr("还没有正文，可用“加附件”放入扫描件或电子文件"))

    def _on_attachment_changed(self, index: QModelIndex) -> None:
        if self._desk is not None and self.card is not None and 0 <= index.row() < len(self._contents):
            self._ui.attachmentPreview.show_content(self._desk, self.card.row.id, self._contents[index.row()])

    def _on_link_activated(self, index: QModelIndex) -> None:
        self._on_matter_clicked(index.data(Qt.ItemDataRole.UserRole))

    def _on_matter_clicked(self, row: MatterRow) -> None:
        if self._desk is not None:
            self._desk.open_matter(row)


def action_word(kind: MatterKind, action: Action) -> str:
    """The name of an act: what is returned to its sender is 退文, what ends a task is 销号."""
    special = {
        (MatterKind.INCOMING, Action.RETURN): "退文",
        (MatterKind.TASK, Action.CLOSE): "销号",
        (MatterKind.OUTGOING, Action.RETURN): "退回修改",
    }
    return special.get((kind, action)) or word(action)


def _copy_texts(copy: CopyRow, desk: Desk) -> list[str]:
    today = desk.office.today()
    if copy.ending is not None and copy.ended_on is not None:
        end = f"{word(copy.ending)} {day_text(copy.ended_on, today)}"
    elif copy.must_return:
        end = f"应还 {due_text(copy.due_on, today).text}" if copy.due_on else "应还"
    else:
        end = ""
    return [copy.copy_number, copy.holder, day_text(copy.held_since, today), end]


def _cell(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setEditable(False)
    return item


def _width(buttons: Sequence[QPushButton], spacing: int) -> int:
    for button in buttons:
        button.ensurePolished()
    return sum(button.sizeHint().width() + spacing for button in buttons) - spacing
