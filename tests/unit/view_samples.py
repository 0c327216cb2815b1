"""A sample of every view, so that every template can be seen at work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import samples_announcing
import samples_composing
import samples_exporting
import samples_extending
import samples_importing
import samples_long_work
import samples_membership
import samples_pictures
import samples_planning
import samples_publishing
import samples_pulse
import samples_reminding
import samples_reporting
import samples_reviewing

from bot.domain import views as v
from bot.domain.entries import Library, in_order
from bot.domain.people import Role
from bot.domain.questions import Author, Question, QuestionState, Remark

PARTS = (
    *(samples_reporting, samples_reviewing, samples_membership, samples_reminding, samples_planning),
    *(samples_extending, samples_composing, samples_announcing, samples_pulse),
    *(samples_exporting, samples_importing, samples_long_work, samples_publishing, samples_pictures),
)

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"
NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def question(number: int, state: QuestionState = QuestionState.OPEN) -> Question:
    thread = (Remark(Author.ASKER, NASTY, NOW), Remark(Author.SECRETARIAT, NASTY, NOW))
    return Question(number, 5_000_000_001, "zh-hans", state, thread, NOW, 7, NOW)


def samples(library: Library) -> Iterator[v.View]:
    """Every view at least once, and those with several faces with each of them."""
    entries = in_order(library.visible(Role.VISITOR))
    entry, topics = entries[0], tuple(library.topics.values())
    for part in PARTS:
        yield from part.samples(library)
    cities = tuple((entry.id, entry.title) for entry in entries if entry.kind == "cities")
    for role in Role:
        yield v.Welcome(
            role, role is Role.ADMIN, 2, language_changed=True, waiting_reports=3, cities=cities[:2]
        )
        yield v.Help((("find", "look something up"), ("about", "what this is")), can_ask=role is Role.ADMIN)
    yield v.About(1234, 5, 1)
    yield v.About(1234, 5, 1, sources_id="about-this-knowledge")
    yield v.Languages("zh", ("en", "fr", "zh"))
    yield v.AskWords()
    yield v.TooShort(NASTY)
    yield v.TooShort("…", only_signs=True)
    yield v.Thanks()
    yield v.AskSecretariatWords()
    yield from (v.SetAside(7, sender_knows) for sender_knows in (True, False))
    yield from (v.TooLong(1000), v.MessageTooLong(3000), v.SlowDown(), v.NobodyThere(), v.TooManyQuestions(5))
    for number, one in enumerate(entries):
        yield v.Card(one, library, number or None, rejected=number % 2 == 0, replicated=True)
        yield v.InlineEntry(one, library)
        yield v.Page(one, library, 1 + number % 3)
        yield v.ShareEntry(one)
        yield v.Replications(one, entries[:2], library, can_ask=number % 2 == 0)
    yield v.Choices(entries[:5], library, 35)
    yield v.Choices(entries[:2], library, 36, rejected=True, already_shown=5)
    for can_ask in (True, False):
        yield v.Nothing(NASTY, 7, topics[:3] if can_ask else (), can_ask, not can_ask, topics)
    yield v.SimilarEntries(entry, entries[1:4], library)
    yield v.SimilarEntries(entry, (), library)
    yield v.Gone()
    yield v.TopicTree(tuple((topic, 3) for topic in topics[:7]))
    for page in (1, 2, 3):
        paged = {"library": library, "entries": entries[:6], "page": page, "pages": 3, "total": 15}
        below = ((topics[0], 2), (topics[1], 1), (topics[2], 9))
        yield v.EntryList(**paged, topic=topics[1], path=topics[:2], below=below)
        yield v.EntryList(**paged, country="ID")
        yield v.EntryList(**paged, kind="practices")
        yield v.CountryList((("ID", 3), ("FR", 2), ("ZZ", 1)), page, 3)
        yield v.QuestionList((question(1), question(2)), frozenset({2}), page, 3, 15)
        yield v.ContentReport(9, 1, 2, 3, ("knowledge/x.md",), (NASTY,), page, 3)
    yield v.EntryList(library, (), 1, 1, 0, topic=topics[0], path=topics[:1])
    yield v.KindList((("practices", 3), ("guides", 2), ("cities", 1)))
    yield from (v.CannotRead(what) for what in v.Unread)
    yield from (v.Cancelled(anything) for anything in (True, False))
    yield v.Cancelled(anything=True, dropped=7)
    yield from (v.UnknownCommand(f"/{NASTY}", near) for near in ("/find", None))
    yield from (
        v.OldButton(),
        v.NotAllowed(),
        v.PrivateOnly(),
        v.NotProcessed(),
        v.NotProcessed(7),
        v.BotProfile(),
    )
    yield from (v.QuestionPassed(question(3), again) for again in (True, False))
    yield from (v.QuestionWithdrawn(answered) for answered in (True, False))
    yield from (v.QuestionArrived(question(4), back) for back in (True, False))
    yield v.QuestionList((), frozenset(), 1, 1, 0)
    yield from (v.QuestionCard(question(5, state), busy) for state in QuestionState for busy in (NOW, None))
    yield from (v.QuestionCard(question(5, state), NOW, unsent=True) for state in QuestionState)
    yield from (v.WriteAnswer(question(6), dropped) for dropped in (None, 5))
    yield from (v.AnswerPreview(question(6), NASTY, 36**8, changed) for changed in (True, False))
    yield from (v.AnswerDelivered(question(6)), v.AnswerNotDelivered(question(6)))
    yield v.QuestionCard(replace(question(5), language=""))
    yield v.WriteAnswer(replace(question(6), language=""))
    yield from (v.AnswerArrived(question(7), NASTY), v.WriteBackAsked(question(7)), v.WroteBack(question(7)))
    yield v.ContentReport(1, 0, 0, 0, (), (), 1, 1)
    yield from (v.MissList(misses) for misses in (((NASTY, 3), ("x", 1)), ()))
    yield v.ContentTrouble((NASTY, "knowledge/x.md:1:1: error: it is broken"))
    yield v.ContentTrouble((), ("schedules/questionnaires/progress.yaml:1:1: note: 7 open drafts: in 7 …",))
