"""退文: the dialog with the reasons, the page of returned papers, slips and bulletins."""

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QWidget

from deskoffice._generated.circulation.return_form import Ui_ReturnForm
from deskoffice.domain.circulation.incoming_returns import ReturnDraft, ReturnReason, ReturnRow, ReturnWay
from deskoffice.domain.errors import DeskOfficeError, InvalidDraft
from deskoffice.domain.matters import MatterCard
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.dates import day_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.management.record_page import Done, RecordAct, RecordPage, RecordSpec
from deskoffice.ui.papers import show_paper
from deskoffice.usecases.circulation import incoming_returns
from deskoffice.usecases.messages import problem
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word


@dataclass(frozen=True, slots=True)
class ReturnTyped:
    """The part of the dialog that is typed; the reasons are ticked."""

    way: ReturnWay
    words: str


class ReturnForm(RecordForm[ReturnTyped]):
    """Reasons in two columns, so that all are seen at once."""

    ui: Ui_ReturnForm

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        self._ticks: dict[ReturnReason, QCheckBox] = {}
        matter_id = card.row.id

        def store(office: Office, typed: ReturnTyped) -> object:
            draft = ReturnDraft(self.reasons, typed.way, typed.words)
            changes = incoming_returns.return_to_sender(office, matter_id, draft)
            desk.note(changes)
            return changes

        saving = Saving("退文", "已退文，退文单可在“退文”页打印", store, lambda: None)
        super().__init__(desk, Ui_ReturnForm(), ReturnTyped(ReturnWay.TAKEN, ""), saving=saving, parent=parent)
        self.ui.matterLabel.setText(f"{card.row.number}　{card.row.unit}　{card.row.title}")

    def prepare(self) -> None:
        """One box for each reason."""
        for at, reason in enumerate(ReturnReason):
            box = QCheckBox(word(reason), self.ui.reasonsWidget)
            self.ui.reasonsLayout.addWidget(box, at // 2, at % 2)
            self._ticks[reason] = box
        next(iter(self._ticks.values())).setFocus()

    @property
    def reasons(self) -> tuple[ReturnReason, ...]:
        """Those that are ticked."""
        return tuple(reason for reason, box in self._ticks.items() if box.isChecked())

    def _on_failed(self, error: DeskOfficeError) -> None:
        problems = error.problems if isinstance(error, InvalidDraft) else {}
        code = problems.pop("reasons", "")
        show_problem(self.ui.reasonsProblemLabel, problem(code) if code else "")
        super()._on_failed(InvalidDraft(problems) if isinstance(error, InvalidDraft) else error)


def open_return(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The dialog of 退文."""
    ReturnForm(desk, card, parent=parent).open()


def _print_slip(desk: Desk, row: ReturnRow, parent: QWidget, done: Done) -> None:
    del done
    show_paper(desk, lambda office: incoming_returns.slip(office, row.matter_id), parent=parent)


def _print_bulletin(desk: Desk, row: ReturnRow, parent: QWidget, done: Done) -> None:
    del done
    bulletin_id = row.bulletin_id or 0
    show_paper(desk, lambda office: incoming_returns.bulletin_paper(office, bulletin_id), parent=parent)


def _print_book(desk: Desk, row: ReturnRow, parent: QWidget, done: Done) -> None:
    del done
    year = row.returned_on.year
    show_paper(desk, lambda office: incoming_returns.register(office, year), parent=parent)


def _make_bulletin(desk: Desk, parent: QWidget, done: Done) -> None:
    office = desk.office

    def made(answer: tuple[int, str]) -> None:
        bulletin_id, number = answer
        desk.tell(f"已编退文通报 {number}")
        done()
        show_paper(desk, lambda office: incoming_returns.bulletin_paper(office, bulletin_id), parent=parent)

    desk.jobs.run(lambda _: incoming_returns.make_bulletin(office), desk, done=made)


def _page_spec(desk: Desk) -> RecordSpec[ReturnRow]:
    def cells(row: ReturnRow) -> tuple[str, ...]:
        return (
            row.number,
            day_text(row.returned_on, desk.office.today()),
            row.unit,
            row.title,
            "、".join(word(reason) for reason in row.reasons),
            row.bulletin or "未通报",
            row.resubmitted or "未重报",
        )

    return RecordSpec(
        title="退文",
        headings=("退文号", "退文日期", "退往单位", "标题", "原因", "通报", "重报"),
        widths=(
            "退〔2026〕100号",
            "11月23日",
            "县自然资源和规划局",
            "",
            "格式不规范、附件缺失",
            "2026年第12期",
            "上收〔2026〕100号",
        ),
        stretch=3,
        read=incoming_returns.returns,
        cells=cells,
        empty="还没有退文。在收文的件上选“退文”，写明原因，就会列在这里。",
        new="编退文通报",
        open_new=_make_bulletin if desk.office.actor.has(*incoming_returns.REPORTERS) else None,
        acts=(
            RecordAct("打印退文单", _print_slip),
            RecordAct("打印通报", _print_bulletin, lambda _, row: row.bulletin_id is not None),
            RecordAct("退文登记簿", _print_book),
        ),
        faint=lambda row: bool(row.resubmitted),
        explanation="未通报的退文编入下一期通报；同一单位同一文号再次登记，自动记为已重报。",
    )


def returns_page(desk: Desk) -> Page:
    """The page."""
    return RecordPage(desk, _page_spec(desk))
