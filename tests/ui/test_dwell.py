"""办理时效 at the window: who is slow, what lies there, and the way of one paper."""

from datetime import timedelta

import factories

from deskoffice.domain.steps import HandlingPart
from deskoffice.ui.papers import PaperDialog
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.circulation.incoming import Assignment, Handler


def test_a_slow_bureau_stands_first_with_its_papers(main, office, qtbot):
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    incoming.propose(factories.as_login(office, "zhaoming"), matter_id, "请应急局办理。", [])
    handler = Handler(None, "县应急管理局", HandlingPart.LEAD, office.today() + timedelta(days=1))
    incoming.assign(office, matter_id, Assignment((handler,), "请办理。"))
    office.clock.move(hours=96)
    main.window.open_area("dwell")
    ui = main.window.page._ui
    ui.unitPushButton.click()
    main.settle()
    assert [ui.dwellTableView.model().index(0, column).data() for column in (0, 4, 6, 7)] == [
        "县应急管理局",
        "1",
        "1",
        "4天",
    ]
    main.settle()
    hops = ui.hopsTableView.model()
    assert (hops.index(0, 0).data(), hops.index(0, 1).data(), hops.index(0, 7).data()) == ("4天", "3 天", "还在手里")
    ui.wayPushButton.click()
    main.settle()
    paper = main.dialog(PaperDialog)
    main.settle()
    assert paper._ui.paperTitleLabel.text().startswith("责任倒查表")
    paper.reject()
    main.settle()
