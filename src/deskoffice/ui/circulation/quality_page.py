"""办文质量: errors by hand and by the log, what leaders said of texts, and the statement of a quarter."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from deskoffice._generated.circulation.error_form import Ui_ErrorForm
from deskoffice._generated.circulation.quality_page import Ui_QualityPage
from deskoffice._generated.circulation.verdict_form import Ui_VerdictForm
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.quality import RECORDERS, ErrorDraft, ErrorKind, ErrorRow, Verdict
from deskoffice.domain.values import Classification
from deskoffice.ui.dates import day_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.jobs import Progress
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.usecases import quality
from deskoffice.usecases.office import Office
from deskoffice.usecases.quality import VerdictRow
from deskoffice.usecases.words import word

ERROR_HEADINGS = ("日期", "类型", "文件", "责任人", "发现人", "说明")
ERROR_SAMPLES = ("88月88日", "漏办", "", "县应急管理局", "张三三", "核稿或签发时退回修改，已说明")
VERDICT_HEADINGS = ("日期", "领导", "评价", "文件", "原话")
VERDICT_SAMPLES = ("88月88日", "张三三", "基本满意", "", "思路清楚，文字精炼，数据再核一遍。")
QUARTERS = 9
Read = tuple[tuple[ErrorRow, ...], tuple[VerdictRow, ...]]


@dataclass(frozen=True, slots=True)
class ErrorTyped:
    """One field for each widget of the form."""

    kind: ErrorKind
    on: date
    person: str
    found_by: str
    note: str
    is_dismissed: bool


@dataclass(frozen=True, slots=True)
class VerdictTyped:
    """One field for each widget of the form."""

    number: str
    leader: str
    verdict: Verdict
    on: date
    note: str


class QualityPage(Page):
    """A quarter at a time; a zero is shown because it is a fact."""

    help_topic = "outgoing"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = Ui_QualityPage()
        self._ui.setupUi(self)
        self._is_errors = True
        today = desk.office.today()
        self._errors = TextModel[ErrorRow](
            ERROR_HEADINGS,
            lambda row: (
                day_text(row.on, today),
                word(row.kind),
                "　".join(part for part in (row.title, row.number) if part),
                row.person,
                row.found_by,
                f"已说明，不计：{row.note}" if row.is_dismissed else row.note,
            ),
            colour=lambda row: desk.tokens.secondary if row.is_dismissed else desk.tokens.text,
            parent=self,
        )
        self._verdicts = TextModel[VerdictRow](
            VERDICT_HEADINGS,
            lambda row: (
                day_text(row.on, today),
                row.leader,
                word(row.verdict),
                "　".join(part for part in (row.title, row.number) if part),
                f"“{row.note}”" if row.note else "",
            ),
            parent=self,
        )
        show_in(self._ui.errorsTableView, self._errors, ERROR_SAMPLES, stretch=2, tokens=desk.tokens)
        show_in(self._ui.verdictsTableView, self._verdicts, VERDICT_SAMPLES, stretch=3, tokens=desk.tokens)
        self._spans = spans(today)
        self._ui.periodComboBox.addItems([name for name, _, _ in self._spans])
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.errorsPushButton.setChecked(True)
        ui.errorsPushButton.clicked.connect(lambda: self._turn(errors=True))
        ui.verdictsPushButton.clicked.connect(lambda: self._turn(errors=False))
        ui.periodComboBox.currentIndexChanged.connect(self.refresh)
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.enterPushButton.clicked.connect(self.start_new)
        ui.explainPushButton.clicked.connect(self._on_explain_clicked)
        ui.judgePushButton.clicked.connect(self._on_judge_clicked)
        ui.openPushButton.clicked.connect(self._on_open_clicked)
        may = self.desk.actor.has(*RECORDERS)
        for button in (ui.enterPushButton, ui.explainPushButton, ui.judgePushButton):
            button.setVisible(may)

    def _span(self) -> tuple[date, date]:
        _, first, last = self._spans[max(self._ui.periodComboBox.currentIndex(), 0)]
        return first, last

    def refresh(self) -> None:
        """Read the period again."""
        office, (first, last) = self.desk.office, self._span()

        def work(progress: Progress) -> Read:
            del progress
            return quality.errors(office, first, last), quality.verdicts(office, first, last)

        self.desk.jobs.run(work, self, done=self._show)

    def _show(self, read: Read) -> None:
        errors, verdicts = read
        self._errors.show_rows(errors)
        self._verdicts.show_rows(verdicts)
        counts = "　".join(f"{word(kind)} {count}" for kind, count in quality.counted(errors).items())
        pleased = sum(row.verdict is Verdict.PLEASED for row in verdicts)
        rated = f"　·　领导评价 {len(verdicts)} 次，满意 {pleased} 次" if verdicts else "　·　还没有领导评价"
        self._ui.summaryLabel.setText(counts + rated)
        self._turn(errors=self._is_errors)
        levels = [row.level for row in errors] + [row.level for row in verdicts]
        self.show_level(max(levels, default=Classification.PUBLIC))

    def _turn(self, *, errors: bool) -> None:
        self._is_errors = errors
        ui = self._ui
        model, table = (self._errors, ui.errorsTableView) if errors else (self._verdicts, ui.verdictsTableView)
        empty = self.tr("这段时间没有差错：没有登记的，日志里也没有超期、退回和漏办。")
        ui.emptyLabel.setText(empty if errors else self.tr("还没有领导评价。重要文稿印发后记一笔，年底有据可查。"))
        count = model.rowCount()
        ui.listStack.setCurrentWidget(table if count else ui.emptyFrame)
        ui.explainPushButton.setEnabled(errors and count > 0)
        ui.openPushButton.setEnabled(count > 0)
        if count:
            table.setCurrentIndex(model.index(0, 0))

    def start_new(self) -> None:
        """Ctrl+N: enter an error."""
        today = self.desk.office.today()
        typed = ErrorTyped(ErrorKind.WORDING, today, "", "", "", is_dismissed=False)
        self._open_error(typed, "登记差错", None)

    def _on_explain_clicked(self) -> None:
        row = self._errors.row(self._ui.errorsTableView.currentIndex().row())
        if row is None or not row.source:
            self.desk.tell(self.tr("这一条是手工登记的，不用说明"))
            return
        typed = ErrorTyped(row.kind, row.on, row.person, row.found_by, "", is_dismissed=True)
        self._open_error(typed, "说明日志里的差错", row)

    def _open_error(self, typed: ErrorTyped, title: str, row: ErrorRow | None) -> None:
        def store(office: Office, typed: ErrorTyped) -> object:
            return quality.enter(
                office,
                ErrorDraft(
                    kind=typed.kind,
                    on=typed.on,
                    person=typed.person,
                    note=typed.note,
                    found_by=typed.found_by,
                    matter_id=row.matter_id if row else None,
                    source=row.source if row else "",
                    is_dismissed=typed.is_dismissed,
                ),
            )

        ui = Ui_ErrorForm()
        saving = Saving(title, "已登记", store, self.refresh)
        form = RecordForm(self.desk, ui, typed, saving=saving, parent=self.window())
        ui.matterLabel.setText(f"{row.number}　{row.title}" if row else self.tr("不写文件的，只记这一条差错"))
        ui.isDismissedCheckBox.setVisible(row is not None)
        form.open()

    def _on_judge_clicked(self) -> None:
        def store(office: Office, typed: VerdictTyped) -> object:
            matter_id = quality.paper_of(office, typed.number)
            if matter_id is None:
                raise InvalidDraft({"number": "number_unknown"})
            return quality.give_verdict(office, matter_id, typed.leader, typed.verdict, on=typed.on, note=typed.note)

        ui = Ui_VerdictForm()
        saving = Saving("领导评价", "领导评价已登记", store, self.refresh)
        names = [person.name for person in self.desk.directory.persons]
        typed = VerdictTyped("", names[0] if names else "", Verdict.PLEASED, self.desk.office.today(), "")
        form = VerdictForm(self.desk, ui, typed, saving=saving, parent=self.window())
        form.open()

    def _on_open_clicked(self) -> None:
        row: ErrorRow | VerdictRow | None
        if self._is_errors:
            row = self._errors.row(self._ui.errorsTableView.currentIndex().row())
        else:
            row = self._verdicts.row(self._ui.verdictsTableView.currentIndex().row())
        if row is None or row.matter_id is None:
            return
        office, matter_id = self.desk.office, row.matter_id
        self.desk.jobs.run(lambda _: quality.matter_row(office, matter_id), self, done=self.desk.open_matter)

    def _on_print_clicked(self) -> None:
        first, last = self._span()
        show_paper(self.desk, lambda office: quality.paper(office, first, last), parent=self.window())


class VerdictForm(RecordForm[VerdictTyped]):
    """What a leader said of a text."""

    def prepare(self) -> None:
        """Leaders in the order of rank."""
        if isinstance(self.ui, Ui_VerdictForm):
            self.ui.leaderComboBox.addItems([person.name for person in self.desk.directory.persons])


def spans(today: date) -> list[tuple[str, date, date]]:
    """This year and the quarters before today, the running one first."""
    found: list[tuple[str, date, date]] = []
    year, quarter = today.year, (today.month - 1) // 3 + 1
    for _ in range(QUARTERS):
        first = date(year, quarter * 3 - 2, 1)
        after = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
        found.append((f"{year}年第{'一二三四'[quarter - 1]}季度", first, date.fromordinal(after.toordinal() - 1)))
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    found.insert(1, (f"{today.year}年全年", date(today.year, 1, 1), date(today.year, 12, 31)))
    return found
