"""Finding people and units by a few keys: Chinese, or the first letters of the pinyin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from deskoffice._generated.picker import Ui_Picker
from deskoffice.domain.people import PersonRow, UnitRow


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what is shown, what stands beside it, and the letters that find it."""

    id: int
    text: str
    beside: str
    initials: str

    def fits(self, typed: str) -> bool:
        """Typed is part of the words, or begins the pinyin letters."""
        wanted = typed.strip().lower()
        return wanted in self.text.lower() or wanted in self.beside or self.initials.startswith(wanted)


def person_choices(persons: Iterable[PersonRow]) -> list[Choice]:
    """People with their posts."""
    return [Choice(one.id, one.name, f"{one.unit} {one.post}".strip(), one.initials) for one in persons]


def unit_choices(units: Iterable[UnitRow]) -> list[Choice]:
    """Units."""
    return [Choice(one.id, one.name, "", one.initials) for one in units]


class ChoiceFilter(QSortFilterProxyModel):
    """Keeps the choices that fit what is typed; there are hundreds, never thousands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed = ""

    def show_typed(self, typed: str) -> None:
        """Filter by other letters."""
        self._typed = typed
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]  # persistent too
        """True when the choice of this row fits."""
        choice = self.sourceModel().index(row, 0, parent).data(Qt.ItemDataRole.UserRole)
        return isinstance(choice, Choice) and choice.fits(self._typed)


def choice_item(choice: Choice, *, checkable: bool) -> QStandardItem:
    """A row of a list of choices."""
    item = QStandardItem(f"{choice.text}　{choice.beside}".rstrip("　"))
    item.setData(choice, Qt.ItemDataRole.UserRole)
    item.setToolTip(item.text())
    item.setEditable(False)
    item.setCheckable(checkable)
    return item


class ElidingDelegate(QStyledItemDelegate):
    """Rows as wide as their list: what is longer ends in an ellipsis, and nothing scrolls sideways."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Only the height counts."""
        return QSize(0, super().sizeHint(option, index).height())


class Picker(QWidget):
    """Several of many: type, Enter ticks the first that fits, the chosen are named below."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = Ui_Picker()
        self._ui.setupUi(self)
        self._is_single = False
        self._model = QStandardItemModel(self)
        self._filter = ChoiceFilter(self)
        self._filter.setSourceModel(self._model)
        self._ui.choicesListView.setModel(self._filter)
        self._ui.choicesListView.setItemDelegate(ElidingDelegate(self))
        self._ui.filterLineEdit.textChanged.connect(self._filter.show_typed)
        self._ui.filterLineEdit.installEventFilter(self)
        self._ui.choicesListView.activated.connect(self._toggle)
        self._model.itemChanged.connect(self._on_item_changed)
        self.setFocusProxy(self._ui.filterLineEdit)
        # A label's letter goes to its buddy only where that takes focus itself.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter ticks and goes no further: the dialog below would take it for its button."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
            if is_plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._on_enter()
                return True
        return super().eventFilter(watched, event)

    def offer(self, choices: Sequence[Choice], *, single: bool, name: str) -> None:
        """Fill with choices; `name` is what a screen reader calls them."""
        self._is_single = single
        self._model.clear()
        for choice in choices:
            self._model.appendRow(choice_item(choice, checkable=True))
        self._ui.filterLineEdit.setAccessibleName(name)
        self._ui.choicesListView.setAccessibleName(name)
        self._show_chosen()

    def chosen(self) -> tuple[Choice, ...]:
        """What is ticked, in the order of the list."""
        items = (self._model.item(row) for row in range(self._model.rowCount()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def choose(self, ids: Iterable[int]) -> None:
        """Tick these."""
        wanted = set(ids)
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            if item.data(Qt.ItemDataRole.UserRole).id in wanted:
                item.setCheckState(Qt.CheckState.Checked)

    def _on_enter(self) -> None:
        index = self._ui.choicesListView.currentIndex()
        if not index.isValid():
            index = self._filter.index(0, 0)
        if index.isValid():
            self._toggle(index)
            self._ui.filterLineEdit.clear()

    def _toggle(self, index: QModelIndex) -> None:
        item = self._model.itemFromIndex(self._filter.mapToSource(index))
        is_checked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if is_checked else Qt.CheckState.Checked)

    def _on_item_changed(self, changed: QStandardItem) -> None:
        if self._is_single and changed.checkState() == Qt.CheckState.Checked:
            for row in range(self._model.rowCount()):
                other = self._model.item(row)
                if other is not changed and other.checkState() == Qt.CheckState.Checked:
                    other.setCheckState(Qt.CheckState.Unchecked)
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        names = [choice.text for choice in self.chosen()]
        if not names:
            text = self.tr("还没有选；输入姓名、单位或拼音首字母，回车选中")
        elif self._is_single:
            text = self.tr("已选：%1").replace("%1", names[0])
        else:
            text = self.tr("已选 %1：%2").replace("%1", str(len(names))).replace("%2", "、".join(names))
        self._ui.chosenLabel.setText(text)


class PickerPopup(QFrame):
    """One of many, from a chip: type, Enter takes the first that fits."""

    chosen = Signal(object)
    """Choice."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._model = QStandardItemModel(self)
        for choice in choices:
            self._model.appendRow(choice_item(choice, checkable=False))
        self._filter = ChoiceFilter(self)
        self._filter.setSourceModel(self._model)
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(self.tr("名称或拼音首字母"))
        self._line.setAccessibleName(self.tr("名称或拼音首字母"))
        self._list = QListView(self)
        self._list.setItemDelegate(ElidingDelegate(self._list))
        self._list.setModel(self._filter)
        self._list.setAccessibleName(self.tr("可选的单位"))
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self._line)
        box.addWidget(self._list)
        self._line.textChanged.connect(self._on_typed)
        self._line.returnPressed.connect(lambda: self._take(self._list.currentIndex()))
        self._list.clicked.connect(self._take)
        self._line.installEventFilter(self)
        self._on_typed("")

    def open_below(self, widget: QWidget) -> None:
        """Open under a chip, ready to type."""
        self.resize(max(320, widget.width()), 360)
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        self.show()
        self._line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while the typing stays."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key(), 0)
            if step:
                row = self._list.currentIndex().row() + step
                if 0 <= row < self._filter.rowCount():
                    self._list.setCurrentIndex(self._filter.index(row, 0))
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self, typed: str) -> None:
        self._filter.show_typed(typed)
        self._list.setCurrentIndex(self._filter.index(0, 0))

    def _take(self, index: QModelIndex) -> None:
        choice = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(choice, Choice):
            self.chosen.emit(choice)
            self.close()
