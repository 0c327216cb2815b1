"""The buttons and typed texts around reports that were sent: review, overview, my city."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Answered, Awaited, Press, of_city, of_report
from bot.domain import buttons as b
from bot.domain.people import Action, Matter, Purpose
from bot.domain.views import OldButton
from bot.services import amending, judging, overview, reports, review
from bot.services.desk import Desk


def _review(desk: Desk, x: b.ReviewDo) -> Answered:
    match x.move:
        case b.ReviewMove.OPEN:
            return review.opened(desk, x.report_id, x.page)
        case b.ReviewMove.TAKE_OVER:
            return review.take_over(desk, x.report_id, x.page)
        case b.ReviewMove.ACCEPT:
            return review.accept(desk, x.report_id)
        case b.ReviewMove.PICK:
            return review.pick(desk, x.report_id, x.page)
        case b.ReviewMove.RETURN:
            return review.send_back(desk, x.report_id, x.page)
        case b.ReviewMove.COMMENT:
            return review.ask_comment(desk, x.report_id, x.page)
        case _:
            return OldButton()


def _review_answer(desk: Desk, x: b.ReviewAnswer) -> Answered:
    match x.move:
        case b.AnswerMove.RETURN:
            return review.ask_reason(desk, x.report_id, x.page, x.key)
        case b.AnswerMove.KEEP:
            return review.keep(desk, x.report_id, x.page, x.key)
        case b.AnswerMove.COMMENT:
            return review.ask_comment(desk, x.report_id, x.page, x.key)
        case _:
            return OldButton()


def _judge(desk: Desk, x: b.Judge) -> Answered:
    if not x.verdict:
        return judging.ask(desk, x.report_id, x.page, x.ref)
    return judging.judge(desk, x.report_id, x.page, x.ref, None if x.verdict == b.LEFT_OPEN else x.verdict)


def _report(desk: Desk, x: b.ReportDo) -> Answered:
    match x.move:
        case b.CityMove.TAKE_BACK:
            return reports.take_back(desk, x.report_id)
        case b.CityMove.AMEND:
            return reports.ask_amend(desk, x.report_id)
        case b.CityMove.LEAVE:
            return amending.leave(desk, x.report_id)
        case _:
            return OldButton()


def _of_log(desk: Desk, x: b.History) -> Matter | None:
    """A city's log, or the network's, which is about no city."""
    return of_city(desk, x.city) if x.city else desk.matter(None)


def _of_expected(desk: Desk) -> Matter | None:
    expecting = desk.person.expecting
    return of_report(desk, expecting.object_id if expecting is not None else None)


PRESSES: Mapping[type[b.Button], Press] = {
    b.Reviews: Press(lambda desk, x: review.listed(desk, x.page), Action.REVIEW),
    b.Overview: Press(lambda desk, x: overview.shown(desk, x.cycle, x.state, x.page), Action.OVERVIEW),
    b.ReviewDo: Press(_review, Action.REVIEW, about=lambda desk, x: of_report(desk, x.report_id)),
    b.ReviewAnswer: Press(_review_answer, Action.REVIEW, about=lambda desk, x: of_report(desk, x.report_id)),
    b.Judge: Press(_judge, Action.REVIEW, about=lambda desk, x: of_report(desk, x.report_id)),
    b.ReportDo: Press(_report, Action.REPORT, about=lambda desk, x: of_report(desk, x.report_id)),
    b.SeeReport: Press(
        lambda desk, x: reports.see(desk, x.report_id, x.page),
        Action.SEE_CITY,
        about=lambda desk, x: of_report(desk, x.report_id),
    ),
    b.ShowFiles: Press(
        lambda desk, x: reports.files(desk, x.report_id, x.page),
        Action.SEE_CITY,
        in_place=False,
        about=lambda desk, x: of_report(desk, x.report_id),
    ),
    b.CityScreen: Press(
        lambda desk, x: overview.city_screen(desk, x.what, x.city),
        Action.SEE_CITY,
        about=lambda desk, x: of_city(desk, x.city),
    ),
    b.EnterResults: Press(
        lambda desk, x: overview.enter(desk, x.source, x.city),
        Action.ENTER_RESULTS,
        about=lambda desk, x: of_city(desk, x.city),
    ),
    b.EnterFor: Press(
        lambda desk, x: overview.enter_for(desk, x.source, x.mark),
        Action.ENTER_RESULTS,
        about=lambda desk, x: overview.about_entered(desk, x.mark),
    ),
    b.History: Press(lambda desk, x: overview.history(desk, x.city, x.page), Action.OVERVIEW, about=_of_log),
}

PURPOSES: Mapping[Purpose, Awaited] = {
    Purpose.RETURN: Awaited(review.write_reason, Action.REVIEW, _of_expected),
    Purpose.COMMENT: Awaited(review.write_comment, Action.REVIEW, _of_expected),
    Purpose.AMEND: Awaited(reports.amend, Action.REPORT, _of_expected),
}
