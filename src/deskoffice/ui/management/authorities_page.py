"""授权与移交: who acts for whom until when, and what passed from one person to another."""

from PySide6.QtWidgets import QAbstractItemView, QWidget

from deskoffice._generated.management.authorities_page import Ui_AuthoritiesPage
from deskoffice.domain.people import BUSINESS, Actor
from deskoffice.domain.values import LEVEL_WORDS, chinese_date
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.jobs import Progress
from deskoffice.ui.management.authority_form import AuthorityForm
from deskoffice.ui.management.hand_over_work import HandOverWork
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.usecases import authorities, handing_over
from deskoffice.usecases.authorities import AuthorityRow
from deskoffice.usecases.handing_over import HandOverRow
from deskoffice.usecases.words import word

Shown = tuple[tuple[AuthorityRow, ...], tuple[HandOverRow, ...]]


def everybody_in_business(actor: Actor) -> bool:
    """Not 三员: they hold no paper."""
    return actor.has(*BUSINESS)


class AuthoritiesPage(Page):
    """Both lists; what one may not know is in neither."""

    help_topic = "officers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._ui = ui = Ui_AuthoritiesPage()
        ui.setupUi(self)
        self._authorities: TextModel[AuthorityRow] = TextModel(
            ("谁外出", "由谁代办", "期限", "哪些件、哪些环节", "密级上限", "现在"), self._authority, parent=self
        )
        widths = ("欧阳建国", "欧阳建国", "2026年12月31日至2027年12月31日", "", "机密", "已终止")
        show_in(ui.authoritiesTableView, self._authorities, widths, stretch=3, tokens=desk.tokens)
        self._hand_overs: TextModel[HandOverRow] = TextModel(
            ("日期", "移交人", "接收人", "监交人"), _hand_over, parent=self
        )
        samples = ("2026年12月31日", "欧阳建国", "", "欧阳建国")
        show_in(ui.handOversTableView, self._hand_overs, samples, stretch=2, tokens=desk.tokens)
        for table in (ui.authoritiesTableView, ui.handOversTableView):
            table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        ui.givePushButton.clicked.connect(self.start_new)
        ui.endPushButton.clicked.connect(self._on_end_clicked)
        ui.handOverPushButton.clicked.connect(self._on_hand_over_clicked)
        ui.sheetPushButton.clicked.connect(self._on_sheet_clicked)
        ui.authoritiesTableView.selectionModel().currentRowChanged.connect(self._show_may_end)

    def _authority(self, row: AuthorityRow) -> tuple[str, ...]:
        one, today = row.authority, self.desk.office.today()
        runs = one.runs_on(today) and row.ended_on is None
        state = "生效中" if runs else "未开始" if one.from_on > today and row.ended_on is None else "已终止"
        kinds = "、".join(word(kind) for kind in sorted(one.kinds))
        steps = "、".join(word(step) for step in sorted(one.steps))
        dates = f"{chinese_date(one.from_on)}至{chinese_date(one.to_on)}"
        return row.principal, row.deputy, dates, f"{kinds}：{steps}", LEVEL_WORDS[one.ceiling], state

    def refresh(self) -> None:
        """Read both lists."""
        office = self.desk.office

        def work(progress: Progress) -> Shown:
            del progress
            return authorities.listed(office), handing_over.made(office)

        self.desk.jobs.run(work, self, done=self._show)

    def _show(self, found: Shown) -> None:
        ui, (given, made) = self._ui, found
        self._authorities.show_rows(given)
        self._hand_overs.show_rows(made)
        ui.authorityStack.setCurrentWidget(ui.authoritiesTableView if given else ui.authorityEmptyPage)
        ui.handOverStack.setCurrentWidget(ui.handOversTableView if made else ui.handOverEmptyPage)
        if given:
            ui.authoritiesTableView.selectRow(0)
        if made:
            ui.handOversTableView.selectRow(0)
        ui.sheetPushButton.setVisible(bool(made))
        self._show_may_end()

    def _show_may_end(self) -> None:
        row = self._authorities.row(self._ui.authoritiesTableView.currentIndex().row())
        self._ui.endPushButton.setVisible(row is not None and row.may_end)

    def start_new(self) -> None:
        """Ctrl+N: give an authority."""
        AuthorityForm(self.desk, self.refresh, parent=self.window()).open()

    def _on_end_clicked(self) -> None:
        row = self._authorities.row(self._ui.authoritiesTableView.currentIndex().row())
        if row is None:
            return
        office, number = self.desk.office, row.authority.id

        def done(_: None) -> None:
            self.desk.tell(self.tr("授权已终止，受权人不再看到因授权知悉的件"))
            self.refresh()

        self.desk.jobs.run(lambda _: authorities.take_back(office, number), self, done=done)

    def _on_hand_over_clicked(self) -> None:
        HandOverWork(self.desk, self.refresh, parent=self.window()).open()

    def _on_sheet_clicked(self) -> None:
        row = self._hand_overs.row(self._ui.handOversTableView.currentIndex().row())
        if row is not None:
            show_paper(self.desk, lambda office: handing_over.paper(office, row.id), parent=self.window())


def _hand_over(row: HandOverRow) -> tuple[str, ...]:
    return chinese_date(row.at.date()), row.from_person, row.to_person, row.witness
