"""What one account keeps for itself stays its own."""

import factories

from deskoffice.usecases import notes


def test_a_kept_text_is_there_after_the_next_unlocking(office):
    notes.keep(office, "typing.incoming", "关于做好汛期")
    again = factories.log_in(office, "wangli")
    assert notes.kept(again, "typing.incoming") == "关于做好汛期"
    again.close()


def test_the_newest_text_replaces_the_one_before_and_an_empty_one_ends_it(office):
    notes.keep(office, "views", "一")
    notes.keep(office, "views", "二")
    assert notes.kept(office, "views") == "二"
    notes.keep(office, "views", "")
    assert notes.kept(office, "views") == ""


def test_another_account_sees_nothing_of_it(office):
    notes.keep(office, "views", "只给自己")
    other = factories.log_in(office, "zhaoming")
    assert notes.kept(other, "views") == ""
    other.close()
